"""Attestations: what a run wrote and what it decided, signed, so that whoever is given the files can tell them.

Only this room knows the libraries that sign.
"""
