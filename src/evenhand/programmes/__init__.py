"""Programmes of independent medical review: a folder of data each. Which one is meant where nobody names one stands here,
and nowhere else."""

DEFAULT = "ca_dwc"
PUBLIC_PROFILE = "ca_dwc_public"
"""The profile of de-identification by which the default programme publishes."""
