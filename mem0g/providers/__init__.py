"""Adapters: each vendor package is imported in exactly one module here."""
