"""What a DNS name is, and when one lies inside another. Names that targets tell are held against this, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
LONGEST = 253
"""characters of a DNS name (RFC 1035, without the dot of the root)"""


def is_name(text: str) -> bool:
    """Whether the text is a name of a host or domain as it is looked up: lower case, no dot at its end."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def plain(text: str) -> str:
    """The name as it is compared: lower case, no dot at its end."""
    return text.lower().rstrip(".")


def within(name: str, domain: str) -> bool:
    """Whether a plain name is the domain's or lies below it."""
    return name == domain or name.endswith("." + domain)


def suffix_of(host: str) -> str:
    """The DNS suffix of a host's name; empty when it has none of two labels or more."""
    suffix = plain(host).partition(".")[2]
    return suffix if "." in suffix else ""


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are compared, in their order, without the empty one."""
    return tuple(dict.fromkeys(name for name in map(plain, names) if name))
