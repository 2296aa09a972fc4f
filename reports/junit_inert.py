"""Takes apart what readers of JUnit act on in a text, wherever it stands.

They print what they find into the log of their own job, whose runner takes commands there. And GitLab, Azure Pipelines,
Jenkins (junit-attachments) and others fetch the file that an output names as ``[[ATTACHMENT|path]]``, from the machine
they run on; a virtual machine may be called so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from scanner.api import inert

FETCHED = re.compile(r"\[(?=\[\s*/?\s*(?:ATTACHMENT|PROPERTY)\b)", re.IGNORECASE)


def harmless(text: str) -> str:
    """The text with a blank in each of them."""
    return FETCHED.sub("[ ", inert(text))


_of_attributes = lru_cache(maxsize=4096)(harmless)  # which are short and repeat


def make_harmless(root: ElementTree.Element) -> None:
    """Take apart what stands in an element and in all below it."""
    for element in root.iter():
        element.text = harmless(element.text) if element.text else element.text
        element.attrib.update({key: _of_attributes(value) for key, value in element.attrib.items()})
