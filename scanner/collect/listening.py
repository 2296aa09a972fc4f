"""Listens to what a machine answers, before anybody makes anything of it; and has it asked a few queries more.

It stands between a channel and those who ask over it, so that what is heard is what the decoder is given.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from scanner.collect.transport.answers import NoReply, read_json
from scanner.collect.windows.decoder import as_list
from scanner.words.channel import Channel, ErrorLine, Output
from scanner.words.query import Query


@dataclass(slots=True)
class Heard:
    """A query that was sent, and what came back."""

    query: Query
    answered: bool = False
    rows: list[object] = field(default_factory=list[object])
    errors: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])
    """as the fixed script writes them; of the command way id, category, activity and target alone"""
    seconds: float | None = None


@dataclass(slots=True)
class Ear:
    """What was heard of one machine, in all its sessions."""

    more: tuple[Query, ...] = ()
    """asked in the first session, behind everything else"""
    heard: list[Heard] = field(default_factory=list[Heard])

    def on(self, channel: Channel) -> Channel:
        """The channel, listened to."""
        return _Tapped(channel, self)


class _Tapped:
    """A channel like the one it leads to."""

    def __init__(self, channel: Channel, ear: Ear) -> None:
        self._channel, self._ear = channel, ear
        self.open, self.close = channel.open, channel.close

    @property
    def who(self) -> str:
        return self._channel.who

    @property
    def how(self) -> str:
        return self._channel.how

    @property
    def proof(self) -> str:
        return self._channel.proof

    def run(self, queries: Iterable[Query]) -> Iterator[str | Output]:
        """As the channel does; what only this one asked is not handed on."""
        queries, more, self._ear.more = tuple(queries), self._ear.more, ()
        sent = [Heard(query) for query in (*queries, *more)]
        self._ear.heard += sent
        names, before = {query.name for query in queries}, time.monotonic()
        for answer in self._channel.run((*queries, *more)):
            now = time.monotonic()
            if _hear(answer, sent, now - before) in (*names, ""):
                yield answer
            before = time.monotonic()


def _hear(answer: str | Output, sent: Iterable[Heard], seconds: float) -> str:
    """Note an answer beside its query; gives the query's name, empty where it is no answer."""
    try:
        said = _of_commands(answer) if isinstance(answer, Output) else read_json(answer)
    except NoReply:
        return ""
    values = table(said)
    name = values.get("query")
    one = next((one for one in sent if one.query.name == name and not one.answered), None)
    if one is None or not isinstance(name, str):
        return ""
    errors = as_list(values.get("errors"))
    took = values.get("milliseconds")
    one.answered, one.rows = True, _rows(values.get("rows"), one.query)
    one.errors = [cast("Mapping[str, object]", error) for error in errors if isinstance(error, dict)]
    one.seconds = took / 1000 if isinstance(took, int) else round(seconds, 3)
    return name


def table(value: object) -> Mapping[str, object]:
    """An object of JSON; what is none has nothing in it."""
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _of_commands(output: Output) -> dict[str, object]:
    """What a pipeline gave, as the script would have said it."""
    rows = read_json("".join(output.texts)) if output.texts else None
    return {"query": output.query, "rows": rows, "errors": [_error(error) for error in output.errors]}


def _error(error: ErrorLine) -> dict[str, object]:
    return {"id": error.id, "category": error.category, "activity": error.activity, "target": error.target}


def _rows(rows: object, query: Query) -> list[object]:
    """The rows; those that the script way made one text are read out of it."""
    listed = as_list(rows)
    if query.shallow and len(listed) == 1 and isinstance(text := listed[0], str):
        try:
            return as_list(read_json(text))
        except NoReply:
            return listed
    return listed
