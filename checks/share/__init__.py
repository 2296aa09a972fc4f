"""Shares for first copies that are carried by hand."""
