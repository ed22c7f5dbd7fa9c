"""OpenStack's interoperability guidelines: the guideline files, their checks and the site."""

__version__ = "1"
