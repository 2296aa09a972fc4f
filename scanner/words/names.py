"""What a host name is (RFC 1123, with the underscores that Windows takes), whoever wrote it, and how names compare."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence

from scanner.words.wording import near

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
LONGEST = 253
"""characters of a DNS name (RFC 1035, without the dot of the root)"""


def is_host_name(text: str) -> bool:
    """Whether it is one, in its one spelling; other letters than ASCII stand as ``xn--`` labels."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def valid_host_name(text: str) -> str:
    """The host or domain that a text from elsewhere names, in its one spelling; empty if it is none.

    An address is no name.
    """
    name = host_name(text) if text.isascii() else ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name if is_host_name(name) else ""
    return ""


def host_name(text: str) -> str:
    """The one spelling of a host's or domain's name: ``HV01.Corp.Example.`` is ``hv01.corp.example``."""
    return text.strip().lower().removesuffix(".")


def meant(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that a person may mean: the one itself, else what it is the beginning of, label by label.

    A whole name may mean a machine that was declared by its short one.
    """
    word, known = host_name(text), tuple(dict.fromkeys(names))
    if word in known:
        return (word,)
    begun = tuple(name for name in known if word and name.startswith(word + "."))
    return begun or tuple(name for name in known if "." not in name and word.startswith(name + "."))


def nearest_host(text: str, names: Iterable[str]) -> str:
    """``; did you mean "..."?`` for what may be meant, or comes nearest as a whole or by its first label."""
    known = tuple(names)
    labels = {name.partition(".")[0]: name for name in known}
    near_label = near(host_name(text), labels)
    found = meant(text, known) or tuple(filter(None, [near(host_name(text), known) or labels.get(near_label, "")]))
    return f"""; did you mean {" or ".join(f'"{name}"' for name in found)}?""" if found else ""


def within(name: str, domain: str) -> bool:
    """Whether a name in its one spelling is the domain's or lies below it."""
    return name == domain or name.endswith("." + domain)


def suffix_of(host: str) -> str:
    """The DNS suffix of a host's name; empty when it has none of two labels or more."""
    suffix = host_name(host).partition(".")[2]
    return suffix if "." in suffix else ""


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are compared, in their order, without the empty one."""
    return tuple(dict.fromkeys(name for name in map(host_name, names) if name))


def joined(names: Sequence[str]) -> str:
    """Names as one text that no other names make: of several, a slash within one is written as in a URL."""
    text = "/".join(names)
    if len(names) == 1 or (text.count("/") < len(names) and "%" not in text):
        return text
    return "/".join(name.replace("%", "%25").replace("/", "%2F") for name in names)


def short(name: str) -> str:
    """The host part of a DNS name; an address stays whole."""
    return name if name.replace(".", "").isdigit() or ":" in name else name.split(".", maxsplit=1)[0]
