"""Makes text harmless to the programs that run jobs: they take commands from what a job prints.

* Azure Pipelines takes ``##vso[...]`` and ``##[...]`` anywhere in a line (azure-pipelines-agent, Command.cs)
* GitHub Actions takes ``##[...]`` anywhere, and ``::name::`` behind the white space a line begins with (actions/runner,
  ActionCommand.cs); both look for them as the culture has it, which passes over characters without a weight
* TeamCity takes ``##teamcity[...]`` (Service Messages)
* GitLab takes ``section_start:1:name`` and ``section_end:1:name`` before a return (lib/gitlab/regex.rb)
* Travis CI takes ``travis_fold:`` and ``travis_time:``

Jenkins takes none. One character of each is set apart, so that a person still reads what was there.
"""

from __future__ import annotations

import re

WEIGHTLESS = (
    r"\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that a comparison of texts may pass over: controls, formats, selectors. None is white space or of a word:
a search that could take one in two ways would take for ever."""
_NONE = f"[{WEIGHTLESS}]*"
ANYWHERE = (
    re.compile(rf"\#(?={_NONE}\#(?:{_NONE}\w){{0,64}}{_NONE}\[)"),
    re.compile(rf"section{_NONE}_{_NONE}(?:start|end){_NONE}:(?={_NONE}\d)"),
    re.compile(rf"travis{_NONE}_{_NONE}(?:fold|time){_NONE}:(?={_NONE}\w)"),
)
"""Commands up to the character that, set apart, makes them none. One by one, since each is found by how it begins."""
AT_A_LINES_START = re.compile(rf"(?:\A|[\n\r])(?:[^\S\n\r]|[{WEIGHTLESS}]|\x1b\[[0-9;]*m)*:(?={_NONE}:)")


def inert(text: str) -> str:
    """The text with a blank in every command: ``# #vso[``, ``: :error::``, ``section_start: 1``."""
    for command in (*ANYWHERE, AT_A_LINES_START):
        text = command.sub(r"\g<0> ", text)
    return text


def inert_json(text: str) -> str:
    """JSON that says the same and holds no command: the character is written as its escape."""
    for command in ANYWHERE:
        text = command.sub(lambda found: f"{found[0][:-1]}\\u{ord(found[0][-1]):04x}", text)
    return text


def inert_html(page: str) -> str:
    """A page that shows the same and holds no command: the character is written as a reference to it.

    References count in text and in attributes. In a style or a script they would not, so none may hold a command.
    """
    for command in (*ANYWHERE, AT_A_LINES_START):
        page = command.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", page)
    return page


def places(text: str) -> frozenset[int]:
    """Where the characters stand that make commands of it."""
    return frozenset(found.end() - 1 for command in (*ANYWHERE, AT_A_LINES_START) for found in command.finditer(text))
