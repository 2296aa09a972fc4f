"""What a host name is (RFC 1123, with the underscores that Windows takes), whoever wrote it."""

from __future__ import annotations

import ipaddress
import re

NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
LONGEST = 253


def is_host_name(name: str) -> bool:
    """Whether it is one, in lower case and without a last dot; other letters than ASCII stand as ``xn--`` labels."""
    return len(name) <= LONGEST and NAME.fullmatch(name) is not None


def host_name(text: str) -> str:
    """The host or domain that a text from elsewhere names, in lower case and without a last dot; empty if it is none.

    An address is no name.
    """
    name = text.lower().rstrip(".") if text.isascii() else ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name if is_host_name(name) else ""
    return ""
