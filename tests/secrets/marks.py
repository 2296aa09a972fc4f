"""Marked secrets: planted wherever one may come in, and searched for in everything that comes out.

A mark is searched for by its core, which JSON, HTML, URLs and shells write as it is, and in base64 and UTF-16.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scanner import cli
from tests.octets import readable
from tests.wire import Wire

BLOCK = 93
ROOT = Path(__file__).parents[2]
OUTPUTS = {"--html": "r.html", "--junit": "r.xml", "--json": "r.json", "--save": "r.hvp"}
MORE = {name: f"r.{name}" for name in (
    "csv", "ctrf", "gitlab", "markdown", "ocsf", "openmetrics", "prometheus", "sarif", "text", "xlsx",
)}  # fmt: skip
"""Formats that have no option of their own."""
Start = Callable[..., Wire]


def forms(core: str | bytes) -> dict[str, bytes]:
    """The core of a secret as texts carry it: letters and digits, which no way of quoting changes."""
    plain = core if isinstance(core, bytes) else core.encode()
    found = {"itself": plain}
    if isinstance(core, str):
        found |= {"utf-16-le": core.encode("utf-16-le"), "utf-16-be": core.encode("utf-16-be")}
    for name, data in list(found.items()):
        for shift in range(3):
            coded = base64.b64encode(b"x" * shift + data + b"xx")
            inner = coded[-(-shift * 4 // 3) : (shift + len(data)) * 4 // 3]
            found[f"base64 of {name}, {shift}"] = inner
            found[f"url-safe base64 of {name}, {shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found | {"hex": plain.hex().encode()}


def core_of(secret: str) -> str:
    """The letters and digits that make a mark its own."""
    found = re.search("[0-9a-f]{32}", secret)
    assert found
    return found[0]


def assert_hidden(outputs: dict[str, bytes], *secrets: str | bytes) -> None:
    for secret in secrets:
        for form, data in forms(core_of(secret) if isinstance(secret, str) else secret).items():
            for name, content in outputs.items():
                at = content.find(data)
                assert at < 0, f"{name} holds a secret ({form}): {content[max(0, at - 60) : at + 90]!r}"


class Outcome:
    """All that one run gave."""

    def __init__(self, folder: Path, capsys: Any, *more: Path) -> None:
        said = capsys.readouterr()
        self.outputs = {"stdout": said.out.encode(), "stderr": said.err.encode()}
        for path in (*(folder / name for name in (*OUTPUTS.values(), *MORE.values())), *more):
            if path.exists():
                octets = path.read_bytes()
                self.outputs[path.name] = readable(octets).encode() if path.suffix == ".xlsx" else octets

    def text(self, name: str) -> str:
        return self.outputs[name].decode()


def in_file(lab: Wire) -> str:
    return f'user = "admin"\npassword = {{ file = "{lab.folder / "secret"}" }}'


def scan(path: Path, folder: Path, *options: str) -> int:
    every = [text for option, name in OUTPUTS.items() for text in (option, str(folder / name))]
    every += [text for name, file in MORE.items() for text in ("--report", f"{name}={folder / file}")]
    return cli.run(["scan", str(path), *every, *options])
