from __future__ import annotations

from checks.common.parts import LIMIT, clip, combine, listing
from scanner.api import Status, failed, passed, unknown, warned


def test_clip_keeps_what_is_short_and_cuts_what_is_not():
    assert clip("a" * 120) == "a" * 120
    assert clip("a" * 1_000_000) == "a" * 119 + "…"


def test_listing_counts_what_it_does_not_tell():
    assert listing(range(LIMIT)) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
    assert listing(range(LIMIT + 2)).endswith("9 and 2 more")
    assert listing(()) == ""


def test_combine_tells_the_first_deciding_parts():
    verdict = combine([passed("fine"), *(failed(f"seen {n}", "wanted") for n in range(12))])
    assert verdict.status is Status.FAIL
    assert verdict.seen.endswith("seen 9; and 2 more")
    assert "seen 10" not in verdict.seen
    assert "fine" not in verdict.seen


def test_combine_of_just_as_many_as_are_told():
    assert combine(failed(f"seen {n}", "wanted") for n in range(LIMIT)).seen.endswith("; seen 9")


def test_combine_of_unknowns_counts_in_the_note():
    verdict = combine(unknown(f"gap {n}") for n in range(11))
    assert (verdict.status, verdict.seen) == (Status.UNKNOWN, "")
    assert verdict.note.endswith("gap 9; and 1 more")


def test_combine_of_few_is_worst():
    assert combine([warned("a", "b"), passed("c")]).status is Status.WARN
    assert combine([warned("a", "b"), unknown("c")]).status is Status.UNKNOWN
    assert combine([]).status is Status.NOT_APPLICABLE
