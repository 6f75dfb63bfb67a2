"""Evenhand: independent medical review, from the application to the published determination."""

__version__ = "0.1.0"
