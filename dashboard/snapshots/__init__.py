"""Frozen views: one file that opens without a network."""
