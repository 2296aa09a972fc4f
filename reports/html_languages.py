"""Lets templates speak: ``{% trans %}``, ``_("...")`` and lists in the language that the report is rendered in.

Jinja's own way puts values into a translation as they are. Here each is cleaned and escaped, as any other expression of
a template is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import jinja2
from jinja2.filters import do_join
from markupsafe import Markup, escape

from reports.text import clean
from scanner.api import joined, language


def speak(environment: jinja2.Environment) -> None:
    """Teach the templates of an environment to."""
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # pyright: ignore[reportAttributeAccessIssue] - the extension's
    known: dict[str, Any] = {"_": one, "gettext": one, "ngettext": many, "pgettext": of_kind, "language": language}
    cast("dict[str, Any]", environment.globals).update(known)
    cast("dict[str, Any]", environment.filters)["join"] = _join


def one(message: str, **values: Any) -> Markup:
    """A message of a template, with its values."""
    return _filled(_whole(message, language().pattern(message)), values)


def of_kind(context: str, message: str, **values: Any) -> Markup:
    """A message that English has for several things: the kind of word tells which."""
    return _filled(_whole(message, language().pattern(message, within=context)), values)


def many(message: str, messages: str, num: float, **values: Any) -> Markup:
    """A message about so many things."""
    said = _whole(message if num == 1 else messages, language().pattern(message, messages, number=num))
    return _filled(said, {"num": num, **values})


def _filled(pattern: str, values: dict[str, Any]) -> Markup:
    """The pattern is ours, and may hold markup; a value is what a target says, unless a template made it."""
    return Markup(pattern) % {name: _shown(value) for name, value in values.items()}  # noqa: S704 - see above


def _whole(message: str, said: str) -> str:
    """What is said of a message; one without markup may stand in an attribute, so it ends none."""
    return said if said is message or "<" in message else said.replace('"', "&#34;")


def shown(number: float, form: str = ",") -> str:
    """A number as the language writes it."""
    return format(language().shown(number), form)


def _shown(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return shown(value)
    if hasattr(value, "__html__") or not isinstance(value, str):
        return value
    return escape(clean(value))


@jinja2.pass_eval_context
def _join(context: Any, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """As Jinja's, but that what is told stays so."""
    parts = tuple(values)
    if attribute is not None or any(hasattr(part, "__html__") for part in parts):
        return cast("Any", do_join)(context, parts, between, attribute)
    return joined(between, parts)
