r"""What of ldap3 is replaced: how it reads numbers, and how it sends values of filters.

Such a value goes out as the octets it stands for (RFC 4515: ``\2a`` is one octet). ldap3 2.10.2rc4 sends each escape as
the three signs it is written with, so that no object of such a name is ever found; before, it decoded them.
"""

from __future__ import annotations

import re
from typing import Any, cast

from ldap3.operation import search as _search  # pyright: ignore[reportMissingTypeStubs]
from ldap3.utils import asn1 as _asn1  # pyright: ignore[reportMissingTypeStubs]

from scanner.collect.transport.ldap.ber import integer

ESCAPE = re.compile(rb"\\([0-9A-Fa-f]{2})")


def octets(value: str | bytes) -> bytes:
    """The octets that a value of a filter stands for."""
    raw = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
    return ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), raw)


def mend() -> None:
    """Have the library do so."""
    cast("Any", _asn1).DECODERS.update({(0, 2): integer, (0, 10): integer})
    cast("Any", _search).prepare_filter_for_sending = octets
