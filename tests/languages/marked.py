"""A language that marks whatever it is asked to say, and what of a page stands outside of all marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from scanner.words.languages import Language

BETWEEN = re.compile(r"(<[^<>]*>|%\(\w+\)s|%%|\{\{|\}\}|\{[^{}]*\})")
"""Tags and places of a message of a template, which stand between its words."""
MARKS = re.compile(r"⟦[^⟦⟧]*⟧")
CUT = re.compile(r"⟦.*?…", re.DOTALL)
"""Where a text was cut for room, from its first mark that has no end."""
WORD = re.compile(r"(?<![\w.@:/\\=<>-])[A-Za-z]?[a-z]{2,}(?![\w@/\\=]|[.:-][\w\\])")
"""What may be a word of ours: letters alone. Hosts, addresses, facts, paths and versions have other signs, or capitals
within."""
SPOKEN = ("aria-label", "title", "placeholder", "label", "alt", "data-all", "data-shown", "data-none", "data-copy",
          "data-copy-what", "data-copied", "data-not-copied", "data-told-copied", "data-told-not-copied", "data-light",
          "data-dark", "data-to")  # fmt: skip
"""Attributes that people read, or that a script shows."""
VALUES = {
    "code": "commands and queries",
    "bdi": "names of hosts, machines, clouds, networks, accounts",
    "cite": "where a demand is written",
    "a[starts-with(@href, 'http')]": "the same, as a link",
    "p[@lang='en']": "what documentation of a check says beside why it matters: English alone, and marked as such",
    "text[@class='name']": "names in pictures",
    "a[starts-with(@href, '#e')]": "names of facts",
    "ol[@class='asked']//b": "names of facts",
    "ol[@class='answers']/li": "a fact, a target and an instant",
    "section[@id='method']//h3[@id='silent']/following-sibling::ul[1]//span": "facts, and what targets answered",
    "h3[@id='passages']/following-sibling::ul[1]//span": "titles of the vendor's pages",
    "section[@id='findings']//details//dd": "what checks say: it is theirs to tell it",
    "section[@id='findings']//details//span[not(@class)]": "the same, in a row",
    "div[@id='first']//span[@class='because']": "the same, as a cause",
    "h2[@id='not-given']/following-sibling::ul[1]//b": "the same, in full",
    "h2[@id='waivers']/following-sibling::ul[1]//p": "what who accepts it wrote, and who that is",
    "h2[@id='waivers']/following-sibling::ul[1]//p/span": "the same",
    "h3[@id='waived-by']/following-sibling::div[1]//td[4]": "the same",
    "body[.//p[@class='brand']/span]//ul[starts-with(@class, 'brief')]//p": "what a history kept",
    "body[.//p[@class='brand']/span]//ul[starts-with(@class, 'brief')]//span[@class='dim']": "the same",
}
"""What holds values and no words of ours, and what they are. Of a paragraph or an entry of a list no more than its own
text does, but what stands in links within it."""
NAMES = (
    "Practice, full of faults", "berlin", "hv-preflight", "cifs", "Microsoft Virtual System Migration Service",
    "All Hosts\\Primary", "All Hosts\\Recovery",
)  # fmt: skip
"""Names: of estates, of the product, of services and of groups of hosts."""


class Marked(Language):
    """Puts marks around all that it says."""

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """The English between marks; of a message with tags or places of a template each of its pieces."""
        text = many if many and number != 1 else one
        return marked(text) if "%(" in text or "<" in text else f"⟦{text}⟧"


def marked(text: str) -> str:
    """The text with marks around its pieces."""
    return "".join(piece if BETWEEN.fullmatch(piece) or not piece else f"⟦{piece}⟧" for piece in BETWEEN.split(text))


MARKED = Marked("xx", "marked")


def outside(text: str) -> str:
    """What of a text nobody was asked to say."""
    before = ""
    while before != text:
        before, text = text, MARKS.sub(" ", text)
    return CUT.sub(" ", text)


def untold(page: str) -> Iterator[str]:
    """What of a page stands outside of all marks and in nothing that holds values, with what it is in."""
    tree = html.document_fromstring(page)
    values = {one for path in VALUES for one in tree.xpath(f"//{path}")}
    silent = {inner for one in values for inner in one.iter() if inner is one or one.tag not in ("li", "p")}
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("style", "script", "meta"):
            continue
        inner = "" if element in silent else element.text or ""
        behind = "" if element.getparent() in silent else element.tail or ""
        for text in (*(element.get(name, "") for name in SPOKEN), inner, behind):
            bare = outside(text)
            for name in NAMES:
                bare = bare.replace(name, "")
            if WORD.search(bare):
                yield f"{element.tag}.{element.get('class', '')}: {' '.join(text.split())[:200]}"
