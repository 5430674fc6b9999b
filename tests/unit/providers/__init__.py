"""Tests of the adapters and extractors."""
