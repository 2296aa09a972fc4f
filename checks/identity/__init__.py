"""Identity and Active Directory."""
