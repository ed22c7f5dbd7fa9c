"""OpenStack's interoperability guidelines: the record, its checks and its site."""

__version__ = "1"
