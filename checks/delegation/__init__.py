"""Constrained delegation."""
