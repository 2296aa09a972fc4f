"""What one number of a run is, and how Prometheus and OpenMetrics write it: once, harmless, and without a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.text import one_line
from scanner.api import Report, inert

LABEL = 200
"""Characters of a name."""

Value = int | float
Sample = tuple[tuple[str, ...], Value]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its samples are of the report alone."""

    name: str
    labels: tuple[str, ...]
    help: str
    of: Callable[[Report], Iterable[Sample]]
    worse: Callable[[Value, Value], Value] = min
    """of two samples whose names look alike once they are harmless"""

    def samples(self, report: Report) -> dict[tuple[str, ...], Value]:
        """Its samples by the values of its labels, harmless, each once."""
        found: dict[tuple[str, ...], Value] = {}
        for values, value in self.of(report):
            key = tuple(inert(one_line(text, LABEL)) for text in values)
            found[key] = self.worse(found[key], value) if key in found else value
        return found


def written(report: Report, metrics: Sequence[Metric], *, info: str, end: str = "") -> str:
    """All of them as text; ``info`` is the type of what only has labels: each form has another word for it."""
    return "".join(_lines(report, metrics, info)) + end


def _lines(report: Report, metrics: Sequence[Metric], info: str) -> Iterator[str]:
    for metric in metrics:
        samples = metric.samples(report)
        if not samples:
            continue
        is_info = metric.name.endswith("_info")
        family = metric.name.removesuffix("_info") if is_info and info == "info" else metric.name
        yield f"# HELP {family} {metric.help}\n"
        yield f"# TYPE {family} {info if is_info else 'gauge'}\n"
        for values, value in samples.items():
            named = ",".join(f'{label}="{_escaped(text)}"' for label, text in zip(metric.labels, values, strict=True))
            yield f"{metric.name}{'{' + named + '}' if named else ''} {_number(value)}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: Value) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
