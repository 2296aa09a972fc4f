"""LDAP sessions with domain controllers."""
