"""A letter as structure beside its paper, with what the second reader finds at its place: one view for public and office."""
