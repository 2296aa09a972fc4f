"""The summary of a job: read by a parser as GitHub and GitLab read it, whatever machines are called."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports import markdown_report
from reports.markdown_report import LIMIT, render
from reports.markdown_text import code, prose, row
from scanner.judge.actions import actions_of
from scanner.words.actions import Action, Reach
from scanner.words.model import Gap, GapReason, Severity, Status
from scanner.words.report import Report
from scanner.words.source import TargetInfo
from tests.reports.conftest import GUIDS, HOSTILE, HV01, HV02, HV11, build, finding, host, machine, route

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"text", "code_inline", "softbreak"}
"""What may stand in a line."""
REFERENCE = re.compile(
    r"@\w|[#!$%~^&]\d|[#~%]\w|\bGH-\d|\b[a-z]+-\d|www\.|://|\b[0-9a-f]{7,40}\b|\[|\]|<|>|\\|`|\*|_", re.IGNORECASE
)
"""What makes links, mentions and references of the words of a page, and signs that Markdown acts on."""
NASTY = (
    "a|b", "`", "``x``", "a`b|c`d", "|", "\\|", "\\", "a\\", "<b>x</b>", "<!-- x", "<script>alert(1)</script>",
    "[x](http://evil.example)", "![x](http://evil.example/x.png)", "http://evil.example", "www.evil.example",
    "mail@evil.example", "@everyone", "#123", "GH-123", "!12", "~label", "group/project#5", "::error::x",
    "##vso[task.complete]", "# head", "---", "* item", "1. one", "> quote", "=1+1", "/close", "\u202egnp.exe",
    "&lt;b&gt;", "&#64;everyone", "deadbeef1", "x\ny\n\n# z", "\x1b[31mred", "*b* _i_ ~~s~~ **b**", ":smile:", "[ ] x",
    "[^1]", "[x]: http://evil.example", "$x$", "<http://evil.example>", "a  b", " lead", "trail ", "",
)  # fmt: skip


ACTIONS = (
    Action(
        check="DEL-01",
        who="directory",
        words="Let it delegate.",
        about=(f"{HV01} → {HV11}",),
        findings=(),
        reach=Reach(waiting=1, alone=1, frees=1, together=1, of=4),
    ),
    Action(
        check="NET-01",
        who="network",
        words="Encrypt it.",
        about=(HV02,),
        findings=(),
        reach=Reach(waiting=1, alone=0, frees=1, together=2, of=4),
    ),
)


def everywhere(text: str) -> Report:
    """A report with the text wherever somebody else may have said it."""
    name = re.sub(r"[\n\r]", " ", text) or "x"
    found = [
        finding("DEL-01", route(HV01, name), Status.FAIL, text, wanted=text, note=text, who=text),
        finding("LM-06", host(name), Status.FAIL, text),
        finding("ID-01", host(HV11), Status.UNKNOWN, note=text),
        replace(finding("VM-06", machine(GUIDS[0], text), Status.FAIL, text), title=text),
    ]
    gap = Gap("MigrationSettings", name, GapReason.UNREACHABLE, text)
    target = TargetInfo(name=name, kind="host", unverified=True)
    routes = ((HV01, name), (HV02, name), (HV02, HV11))
    groups = {text or "x": (HV01, HV02)}
    made = build(found, routes=routes, groups=groups, between=((text or "x", name),), gaps=(gap,), targets=(target,))
    return replace(made, actions=actions_of(made), accepted=(text,), chosen=(text,))


def inline(text: str) -> list[Token]:
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def checked(report: Report) -> str:
    text = render(report)
    blocks = PARSER.parse(text)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in blocks}
    assert kinds <= {
        "heading",
        "paragraph",
        "bullet_list",
        "list_item",
        "inline",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert {token.tag for token in blocks if token.type == "heading_open"} <= {"h2", "h3"}
    assert {token.type for token in inline(text)} <= OURS
    for token in inline(text):
        if token.type == "text":
            assert not REFERENCE.search(token.content), token.content
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", text)
    return text


def tables(text: str) -> list[list[int]]:
    """Of each table, as it was parsed, how many cells each of its rows has; the first is its head."""
    found: list[list[int]] = []
    for token in PARSER.parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append(0)
        elif token.type in ("th_open", "td_open"):
            found[-1][-1] += 1
    return found


@pytest.mark.parametrize("text", [HOSTILE, *NASTY])
def test_what_a_machine_is_called_is_no_tag_no_link_no_mention_and_breaks_no_table(text: str) -> None:
    page = checked(everywhere(text))
    lines = [line for line in page.splitlines() if line.startswith("|")]
    assert sum(map(len, tables(page))) == len(lines) - len(tables(page)), "every row is one of a table"
    assert {width for table in tables(page) for width in table} == {4, 5, 7}
    assert all(len(set(table)) == 1 for table in tables(page))


@given(st.text(alphabet=st.sampled_from("`|\\<>[]()@#!*_~&;:/.-=+ \nabw1\u202e"), max_size=40))
@settings(max_examples=settings.default.max_examples // 4)
@example("`|")
@example("\\`|`\\")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """In a cell of a table, between two others."""
    shown = " ".join(text.split()).replace("\u202e", "\\u202e")
    page = "| a | b | c |\n| --- | --- | --- |\n" + row(("x", prose(text), code(text)))
    assert tables(page) == [[3, 3]]
    parts = [token for token in PARSER.parse(page) if token.type == "inline"][3:]
    for part in parts[1:]:
        said = "".join(child.content for child in part.children or ())
        assert said == shown
        assert {child.type for child in part.children or ()} <= OURS


def test_words_stay_words_and_the_rest_is_code() -> None:
    assert (
        prose("The host hv11.branch.example (see DEL-01) may not.")
        == "The host `hv11.branch.example` (see `DEL-01`) may not."
    )
    assert prose("read 2026-12-03 09:00 UTC, 1,200 moves") == "read 2026-12-03 09:00 UTC, 1,200 moves"
    assert prose("ops@corp.example #12") == "`ops@corp.example #12`"
    assert code("a`b") == "``a`b``"
    assert code("`b") == "`` `b ``"


def test_it_tells_what_a_person_looks_for_first(report: Report) -> None:
    text = checked(replace(report, actions=ACTIONS))
    heads = [line.removeprefix("### ") for line in text.splitlines() if line.startswith("#")]
    assert heads == [
        "## ❌ Not ready",
        "What to do first",
        "What could not be judged",
        "Moves",
        "What stands in the way",
        "Failed below the threshold",
    ]
    assert (
        "| live migration | ❌ not ready | none of 4 moves ready | 2 blockers, 1 lesser failed, 2 warnings, 7 unknown |"
        in text
    )
    assert "| `hv01 → hv11` | live migration | ❌ not ready | 1 blocker" in text
    one = (
        "| `DEL-01` | critical | `hv01 → hv11` | Source may delegate the migration service | `cifs/hv11.branch.example`"
    )
    assert f"{one} |" in text
    assert "(no answer on 5986 within 10 s)" in text
    assert "| network | `NET-01` | `hv02` | Encrypt it. | frees 1 of 4 moves with those above |" in text


def test_groups_are_rows_of_their_own() -> None:
    groups = {"berlin": (HV01, HV02), "munich": (HV11,)}
    found = [finding("DEL-01", route(HV01, HV11), Status.FAIL, "x"), finding("ID-01", host(HV02), Status.PASS, "x")]
    text = render(build(found, routes=((HV01, HV11), (HV02, HV11)), groups=groups, between=(("berlin", "munich"),)))
    row = "| `berlin → munich` | live migration | ❌ not ready | 1 of 2 moves ready, 1 not ready; 1 blocker |"
    assert row in text.splitlines()
    assert "hv02 → hv11" not in text


def test_a_ready_run_says_so_and_what_it_rests_on() -> None:
    text = checked(build([finding("ID-01", host(HV01), Status.PASS, "ok")], routes=((HV01, HV02),), not_judged=()))
    assert text.startswith("## ✅ Ready\n\nNothing stands in the way.\n")
    assert "| live migration | ✅ ready | ready |" in text


def test_unverified_certificates_and_the_choice_are_told() -> None:
    text = checked(everywhere("x"))
    assert "certificates" in text.lower()
    assert "as far as chosen: x; the rest was left out" in text.lower()


def test_many_moves_and_failures_are_counted_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = [f"hv{number:03}.example" for number in range(30)]
    routes = tuple((here, there) for here in hosts for there in hosts if here != there)
    found = [finding("DEL-01", route(*ends), Status.FAIL, "x" * 300) for ends in routes]
    text = checked(build(found, routes=routes, threshold=Severity.LOW))
    assert "And 770 more moves (770 not ready): the HTML and the JSON report have them." in text
    assert "`hv000 → hv001, hv000 → hv002, hv000 → hv003, hv000 → hv004, hv000 → hv005, 865 more`" in text
    monkeypatch.setattr(markdown_report, "LIMIT", 4_000)
    cut = render(build(found, routes=routes))
    assert len(cut.encode()) <= 4_000
    assert re.search(r"\n\nCut here, \d+ lines before its end: the HTML and the JSON report have all of it\.\n\Z", cut)
    kept, whole = cut.partition("\n\nCut here")[0].splitlines(), text.splitlines()
    assert kept == whole[: len(kept)], "whole lines, and none but those"
    assert len(kept) + int(re.findall(r"Cut here, (\d+)", cut)[0]) == len(whole)


def test_a_command_of_ours_stands_in_code_as_a_whole() -> None:
    assert "(`hv-preflight checks --not-judged`)" in render(build([]))


def test_how_many_checks_judged_is_a_column_where_some_are_missing() -> None:
    found = [finding("DEL-01", route(HV01, HV02), Status.PASS)]
    assert "| Judged by |" in render(build(found, routes=((HV01, HV02),)))
    assert "| Judged by |" not in render(replace(build(found, routes=((HV01, HV02),)), not_judged=()))


def test_nothing_is_told_twice() -> None:
    gaps = tuple(Gap("ComputerSystem", name, GapReason.UNREACHABLE, "x") for name in (HV01, HV02))
    targets = tuple(TargetInfo(name=name, kind="host", queries=1) for name in (HV01, HV02))
    found = [finding("ID-01", host(HV01), Status.UNKNOWN, note=str(gaps[0]))]
    text = checked(build(found, routes=((HV01, HV02),), gaps=gaps, targets=targets))
    assert text.startswith("## ❔ Incomplete\n\nNo host could be read. 1 verdict could not be given.\n")
    assert text.lower().count("no host could be read") == 1


def test_the_limit_is_below_that_of_github() -> None:
    assert LIMIT <= 1_048_576
