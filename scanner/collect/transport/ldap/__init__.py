"""LDAP connections to domain controllers."""

from scanner.collect.transport.libraries import load

load()
