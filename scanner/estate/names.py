"""How names are compared, and when one lies inside another; what a name is, stands in ``hostnames``."""

from __future__ import annotations

from collections.abc import Iterable


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
