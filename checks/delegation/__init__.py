"""Delegation."""
