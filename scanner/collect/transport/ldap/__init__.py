"""LDAP connections to domain controllers."""
