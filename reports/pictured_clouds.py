"""VMM servers, clouds and mappings of the report as a picture, and in the words of its table."""

from __future__ import annotations

from collections.abc import Sequence

from reports.drawing import Picture, lines_in
from reports.drawn_pairs import WIDTH, Block, Line, Named, Row, laid_out
from reports.names import Names
from reports.pictured import WRONG, form
from reports.text import one_line
from scanner.api import Status, counted, joined, pictures, tell

PAIRS, MAPPED, OTHERS, HOSTS = 16, 8, 8, 4
"""So many pairs are drawn, networks of one, clouds in no pair, and hosts of a cloud."""
TITLE = tell("VMM servers, clouds and what is mapped")
SAID = tell(
    "An arrow leads from the cloud that is protected to the one that it is replicated "
    "to; below it stands what becomes of the networks of its machines."
)
STANDS = {
    Status.PASS: tell("nothing is wrong with the pair"),
    Status.FAIL: tell("the pair does not work"),
    Status.WARN: tell("the pair works, with a warning"),
    Status.UNKNOWN: tell("not known"),
    Status.ERROR: tell("a check failed"),
    Status.NOT_APPLICABLE: tell("nothing applies"),
}


def clouds(found: pictures.Clouds, names: Names) -> tuple[Picture | None, tuple[str, ...]]:
    """The picture, and what it does not show, each a sentence."""
    pairs, notes = _few(found)
    blocks = [_server(server, names) for server in found.servers[:PAIRS]]
    blocks += (_pair(pair, names) for pair in pairs)
    blocks += (Block(_cloud(side, names, tell("in no pair"))) for side in found.others[:OTHERS])
    if len(found.others) > OTHERS:
        whole = counted(len(found.others), "cloud")
        notes.append(
            tell("No pair names {whole}, of which the picture has the first {others}.", whole=whole, others=OTHERS)
        )
    if not blocks:
        return None, tuple(notes)
    shapes, height = laid_out(blocks)
    return Picture("clouds", TITLE, joined(" ", (SAID, *notes)), WIDTH, height, shapes), tuple(notes)


def _few(found: pictures.Clouds) -> tuple[Sequence[pictures.PairOfClouds], list[str]]:
    if len(found.pairs) <= PAIRS:
        return found.pairs, []
    wrong = [pair for pair in found.pairs if pair.mark.status in WRONG]
    whole = len(found.pairs) + found.left
    note = tell(
        "The picture shows {count:,} of {pairs}, of which something is wrong.",
        count=len(wrong[:PAIRS]),
        pairs=counted(whole, "pair"),
    )
    return wrong[:PAIRS], [note]


def _server(server: pictures.VmmServerSeen, names: Names) -> Block:
    more = [tell("its clouds are not known")] if server.unread else []
    title = one_line(
        tell("VMM server {server}: {unread}", server=server.name, unread=server.unread or tell("its clouds are known"))
    )
    named = Named(
        names.host(server.name), [tell("VMM server"), *more], "unknown" if more else "", server.mark.status, True, title
    )
    return Block(named)


def _cloud(side: pictures.CloudSide, names: Names, more: str = "") -> Named:
    drawn = {True: "", False: "missing", None: "unknown"}[side.there]
    said = [tell("on {host}", host=names.host(side.server)), *filter(None, [more, there(side)])]
    if side.there:
        said += lines_in(side.groups, 2) or [tell("no host group")]
        said += _hosts(side, names)
    return Named(side.name, said, drawn, title=one_line(tell("{side} on {server}", side=side.name, server=side.server)))


def _hosts(side: pictures.CloudSide, names: Names) -> list[str]:
    if side.hosts is None:
        return [tell("? hosts not known")]
    return [tell("· {name}", name=name) for name in lines_in(map(names.host, side.hosts), HOSTS)] or [tell("no host")]


def there(side: pictures.CloudSide) -> str:
    """Whether VMM lists a cloud, where it does not."""
    return {True: "", False: tell("VMM lists no such cloud"), None: tell("not known whether it is there")}[side.there]


def _pair(pair: pictures.PairOfClouds, names: Names) -> Block:
    lines = [Line(forth=True, text=stands(pair.mark), title=_title(pair), status=pair.mark.status)]
    wrong_first = sorted(pair.networks.drawn, key=lambda one: one.there is True)
    lines += (
        Line(True, mapped(one), tell("{mapped}: {told}", mapped=mapped(one), told=one.told), one.mark.status, form(one))
        for one in wrong_first[:MAPPED]
    )
    if len(wrong_first) > MAPPED:
        number = len(wrong_first) - MAPPED + pair.networks.left
        more = tell("and {networks}, in the table", networks=counted(number, "more network"))
        lines.append(Line(True, more, more, None))
    return Block(_cloud(pair.source, names), [Row(_cloud(pair.target, names), lines)])


def stands(mark: pictures.Mark) -> str:
    """How a pair stands, in words."""
    return STANDS[mark.status] if mark.status else tell("not judged")


def _title(pair: pictures.PairOfClouds) -> str:
    return one_line(
        tell(
            "{source} → {target}: {stands}", source=pair.source.name, target=pair.target.name, stands=stands(pair.mark)
        )
    )


def mapped(arrow: pictures.Arrow) -> str:
    """What becomes of a network."""
    what = (
        f"{arrow.source} → {arrow.target}"
        if arrow.target
        else tell("{source} is mapped to nothing", source=arrow.source)
    )
    return one_line(tell("{what} ?", what=what) if arrow.there is None else what, 200)
