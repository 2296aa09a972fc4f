"""The pages of a history as tests look at them: what each leads to, and whether that is there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from lxml import html


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode("utf-8", "backslashreplace"), parser=html.HTMLParser(encoding="utf-8"))


def targets(path: str, page: str) -> Iterable[tuple[str, str]]:
    """The pages, and the places in them, that a page leads to."""
    for element in parsed(page).iter():
        for name in ("href", "src"):
            link = element.get(name) if isinstance(element.tag, str) else None
            if link is None:
                continue
            if element.tag == "a" and link.startswith("https:") and element.get("rel") == "noopener noreferrer":
                continue  # the page of a vendor, which nobody is asked for until a reader follows it
            assert not link.startswith(("/", "http:", "https:", "file:", "//", "data:")), link
            file, _, place = link.partition("#")
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path, place


def broken(site: Mapping[str, str]) -> list[str]:
    """The links of a site that lead nowhere."""
    ids = {path: {e.get("id") for e in parsed(page).iter() if isinstance(e.tag, str)}
           for path, page in site.items() if path.endswith(".html")}  # fmt: skip
    found: list[str] = []
    for path, page in site.items():
        for target, place in targets(path, page) if path.endswith(".html") else ():
            if target not in site:
                found.append(f"{path} leads to {target}")
            elif place and place not in ids[target]:
                found.append(f"{path} leads to {place} of {target}")
    return found
