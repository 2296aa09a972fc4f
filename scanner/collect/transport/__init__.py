"""How bytes reach a target and come back: the only imports of pypsrp, requests, ldap3, dnspython and sockets."""
