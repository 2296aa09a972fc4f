"""Kerberos, as the system's library speaks it: our settings, tickets for a password, what a server refuses."""

from scanner.collect.transport.libraries import load

load()
