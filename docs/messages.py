"""Writes the catalogues of languages anew: what there is to translate, with what is translated already.

    python -m docs.messages           extracts, and updates every catalogue
    python -m docs.messages --count   says how much there is

A new language: ``mkdir -p scanner/data/languages/XX/LC_MESSAGES``, an empty ``hv_preflight.po`` in it, and this.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from docs.message_sources import PLACE, ROOT, is_language, objects
from scanner.words.languages import FOLDER, LANGUAGES, Language

NAME = "hv_preflight.po"
OF_NOBODY = (
    b"POT-Creation-Date",
    b"PO-Revision-Date",
    b"Generated-By",
    b"Report-Msgid-Bugs-To",
    b"Last-Translator",
    b"Language-Team",
)
"""Lines of a catalogue's head that would tell a day or a person."""
FUNCTIONS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def template() -> Catalog:
    """All there is to translate."""
    found = Catalog(project="hv-preflight", charset="utf-8", fuzzy=False)
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for path, _, message, comments, context in extract_from_dir(ROOT, methods, options, FUNCTIONS):
        found.add(message, locations=[(path, 0)], auto_comments=list(comments), context=context)
    for path, context, text in objects():
        if text and (not isinstance(text, str) or is_language(text)):
            found.add(text if isinstance(text, str) else tuple(text), locations=[(path, 0)], context=context or None)
    return found


def updated(file: Path, whole: Catalog) -> bytes:
    """A catalogue as it is to be written."""
    code = file.parent.parent.name
    with file.open("rb") as source:
        old = read_po(source, locale=code)
    old.project, old.version, old.fuzzy = "hv-preflight", "", False
    old.header_comment = f"# What hv-preflight says, in {LANGUAGES[code].name}: docs/languages.md, docs/terms.md"
    old.mime_headers = [("Plural-Forms", plural_forms(LANGUAGES[code]))]
    old.update(whole, no_fuzzy_matching=True)
    made = io.BytesIO()
    write_po(made, old, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return re.sub(rb'"(?:%s): .*\n' % b"|".join(OF_NOBODY), b"", made.getvalue())


def plural_forms(language: Language) -> str:
    """Which forms the product asks for, as gettext writes it; Unicode's third of French and Italian is for millions."""
    if language.plurals(2) == 0:
        return "nplurals=1; plural=0;"
    return f"nplurals=2; plural=(n {'!= 1' if language.plurals(0) else '> 1'});"


def catalogues() -> list[Path]:
    """The file of each language."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{NAME}"))


def faults(found: Catalog, whole: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    wanted = {_key(message): message for message in whole if message.id}
    have = {_key(message): message for message in found if message.id}
    for key in wanted.keys() - have.keys():
        yield f"{key[1]!r:.90}: is not in it"
    for key in have.keys() - wanted.keys():
        yield f"{key[1]!r:.90}: nobody says it any more"
    for key in wanted.keys() & have.keys():
        yield from (f"{key[1]!r:.90}: {wrong}" for wrong in _wrong(have[key], found.num_plurals))


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _texts(message.id)[0]


def _wrong(message: Message, plurals: int) -> Iterator[str]:
    ids, said = _texts(message.id), _texts(message.string)
    if message.fuzzy:
        yield "somebody doubts it (fuzzy)"
    if not all(said) or not said:
        yield "is not translated"
        return
    if len(said) != (plurals if message.pluralizable else 1):
        yield f"has {len(said)} forms"
    for text in said:
        if not (Counter(places(text)) == Counter(places(ids[0])) or Counter(places(text)) == Counter(places(ids[-1]))):
            yield f"{text!r:.90} has other places"
        for end in (lambda one: one[: len(one) - len(one.lstrip())], lambda one: one[len(one.rstrip()) :]):
            if end(text) != end(ids[0]):
                yield f"{text!r:.90} begins or ends with other blanks"


def places(text: str) -> set[str]:
    """The places of a pattern, with what makes of a number what is shown."""
    if "%(" in text:
        return set(re.findall(r"%\(\w+\)s|</?\w+", text))
    try:
        return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name}
    except ValueError:  # braces that are no places
        return set(PLACE.findall(text))


def _texts(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def main(arguments: list[str]) -> None:
    """Write them."""
    whole = template()
    messages = [message for message in whole if message.id]
    words = sum(len(PLACE.sub("", text).split()) for message in messages for text in _texts(message.id)[:1])
    print(f"{len(messages)} messages of {words} words")  # noqa: T201
    if "--pot" in arguments:
        with Path(arguments[arguments.index("--pot") + 1]).open("wb") as file:
            write_po(file, whole, width=100, sort_output=True, include_lineno=False)
    if "--count" not in arguments:
        for file in catalogues():
            file.write_bytes(updated(file, whole))


if __name__ == "__main__":
    main(sys.argv[1:])
