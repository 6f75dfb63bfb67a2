"""De-identification: known identities in all their spellings, patterns, profiles, and a second look that fails
closed.
"""
