"""Vault registration key."""
