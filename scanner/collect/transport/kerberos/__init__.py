"""Kerberos, as the system's library speaks it: our settings, tickets for a password, what a server refuses."""
