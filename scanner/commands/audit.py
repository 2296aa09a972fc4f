"""audit: a scan that is kept, and told as what became of the last one: made for a timer."""

from __future__ import annotations

from scanner.commands import attesting, choosing, notify, options, past
from scanner.commands.finishing import finish
from scanner.commands.formats import known
from scanner.commands.junit_choice import placed
from scanner.commands.ledger import Audited, Ledger
from scanner.commands.scan import collected, declared_in, narrowed
from scanner.commands.talk import Talk
from scanner.commands.waivers import beside, of_estate


def audit(
    estate: options.EstatePath = options.ESTATE,
    *,
    reports: options.Reports,
    reading: options.Reading,
    accepted: options.Gate,
    past: past.Past,
    kept: past.Kept,
    notices: notify.Notices,
    signing: attesting.Attesting,
    checks: choosing.Checks,
    moves: choosing.Moves,
    plugins: options.Plugins,
    talk: Talk,
) -> int:
    """Scan, keep the run in the history, and tell what is new since the last one and what is mended."""
    place = past.place()
    ledger = Ledger(place, past.name(estate, place), kept.runs(), kept.records(), kept.only_new())
    own = [
        estate,
        beside(estate),
        *accepted.files,
        *notices.files,
        *plugins.files,
        *([place.file] if place.file else []),
    ]
    attestor = signing.ready([estate, beside(estate), *accepted.files, *plugins.files])
    outputs = Audited.of(reports, reading.save, reads=[*own, *signing.files], talk=talk, attestor=attestor)
    outputs.ledger = ledger
    offer = plugins.load()
    declared = declared_in(estate, offer)
    known(outputs, offer)
    outputs.junit = placed(outputs.junit, estate, declared.estate)
    chosen = choosing.choose(checks, offer.checks, declared.estate, estate.name, moves)
    waivers = of_estate(accepted.waivers, estate, declared, offer)
    told = notices.ready()
    before = outputs.before(declared.estate)
    offer, declared = narrowed(offer, declared, chosen)
    evidence = collected(offer, declared, reading.answers, quiet=talk.quiet or talk.verbose)
    outputs.keep(evidence)
    code = finish(evidence, offer, outputs, waivers, before)
    told.tell_of(outputs.report)
    return code
