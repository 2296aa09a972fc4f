"""Makes text from targets safe to show, and names from it that stay the same in every run.

A host, a virtual machine or an answer may be called anything: escape sequences, marks of direction, a megabyte. Every
format that people read passes it through ``clean``; the JSON report alone keeps it as it was.
"""

from __future__ import annotations

import hashlib
import re

from scanner import api
from scanner.api import ALL_VMS, Subject, counted, is_sentence, language, parts_of_told, plain, spoken, tell, visible

upper_first = api.upper_first
LONG = 4000
"""Characters of one text that a report shows; of a command the JSON report has all."""
LINE = 600
"""Characters of a text that must stand on one line."""

ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # operating system commands: titles, links
)
BLANKS = re.compile(r"[ \t\n]+")
"""White space that may break; no other is left in what is clean."""
PLAIN_NAME = re.compile(r"[A-Za-z0-9.]+(?:-[A-Za-z0-9.]+)*")
LONGEST_SLUG = 80


def clean(text: str, limit: int = LONG) -> str:
    """The text without escape sequences, and with every character that acts or hides written out as an escape.

    Line ends and tabs stay. What goes beyond ``limit`` characters is cut, and says so.
    """
    text = spoken(text)
    safe = _beginning(text, limit)
    if not safe.isprintable():
        safe = visible(ESCAPE_SEQUENCE.sub("", safe.replace("\r\n", "\n")))
    return _whole_or_cut(safe, text, limit)


def one_line(text: str, limit: int = LINE) -> str:
    """The cleaned text with all white space as single blanks."""
    text = spoken(text)
    return _whole_or_cut(_on_one(clean(_beginning(text, limit), limit * 10)), text, limit)


def brief(text: str, limit: int = 100) -> str:
    """The beginning of a text on one line, where all of it stands elsewhere."""
    text = spoken(text)
    line = _on_one(clean(_beginning(text, limit + 1), limit * 10))
    return line if len(text) <= limit and len(line) <= limit else f"{line[:limit].rstrip()}…"


def closed(text: str) -> str:
    """The text as a sentence: with a full stop, unless it ends with a sign of its own."""
    text = spoken(text)
    return text if text.endswith(("?", "!", ".", "…", "。")) else f"{text}{language().stop}"


def command(remedy: str) -> str:
    """A command as it is shown, to be copied whole: one that is too long to show is named, never cut."""
    remedy = plain(remedy)  # what a person has to do of it, ``step`` says
    if len(remedy) > LONG:
        many = counted(len(remedy), "character")
        return spoken(tell("# a command of {characters}; the JSON report has it", characters=many))
    return clean(remedy, LONG * 10)


def step(remedy: str, line: str) -> str:
    """A line of a remedy as it is shown: what a person has to do in the language that is spoken, a command as it is."""
    told = (part for part in parts_of_told(remedy) if part == line) if is_sentence(line) else ()
    return clean(next(iter(told), line))


def by_hand(remedy: str) -> bool:
    """Whether all of a remedy is for a person to do, and no command to copy."""
    return all(map(is_sentence, remedy.splitlines()))


def _on_one(safe: str) -> str:
    return " ".join(filter(None, BLANKS.split(safe)))


def _beginning(text: str, limit: int) -> str:
    """Its first characters, without a no-break space whose sign is no longer among them."""
    return text if len(text) <= limit else text[:limit].rstrip("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


def _whole_or_cut(safe: str, text: str, limit: int) -> str:
    if len(text) <= limit and len(safe) <= limit:
        return safe
    return f"{safe[:limit]}… ({spoken(counted(len(text), 'character'))})"


def short_name(host: str) -> str:
    """The first label of a DNS name; an address stays whole."""
    return host if ":" in host or host.replace(".", "").isdigit() else host.split(".", maxsplit=1)[0]


def name_slug(name: str) -> str:
    """A name as an identifier without dots. It depends on the name alone, and two names never share one."""
    if name == ALL_VMS:
        return "all_vms"
    plain = re.sub(r"[^A-Za-z0-9-]", "_", name[:LONGEST_SLUG])
    if len(name) <= LONGEST_SLUG and PLAIN_NAME.fullmatch(name):
        return plain
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{plain}-{digest[:8]}"


def subject_slug(subject: Subject) -> str:
    """What a subject is called in links and suites: ``hv01_corp_example--hv11_branch_example``."""
    return subject.kind.between.join(name_slug(name) for name in subject.names)
