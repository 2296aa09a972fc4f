"""What an audit does beside a scan: it asks the history for the run before, and hands it the one that is made.

Neither costs a report: files are written first, and a history that cannot be used is told like a file that is not
written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from scanner.commands.outputs import Outputs
from scanner.estate.secret import redact
from scanner.guard import made
from scanner.history.place import Place
from scanner.history.spans import RUNS, Span
from scanner.plugins import Offer
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words.baseline import Baseline
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.report import Report
from scanner.words.telling import tell

ALONE = tell("this run is held against none")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The history as an audit uses it."""

    place: Place
    name: str
    """under which the estate is kept"""
    runs: Span = RUNS
    records: Span | None = None
    only_new: bool = False

    def before(self, estate: Estate) -> Baseline | None:
        """The run that is the predecessor of one that is made now; None: there is none.

        Raises:
            HistoryError: the history cannot be used.
        """
        from scanner.history import reading
        from scanner.history.within import within

        def read() -> Baseline | None:
            with reading.reading(self.place) as link:
                reading.same_estate(link, self.place, self.name, estate.machines)
                return reading.baseline(link, self.name, datetime.now(UTC), gates=self.only_new)

        try:
            return within(self.place, read)
        except reading.NoHistory:
            return None

    def keep(self, report: Report, data: bytes, machines: tuple[str, ...]) -> int:
        """Store the run; its number.

        Raises:
            HistoryError: it is not stored.
        """
        from scanner.history import store
        from scanner.history.within import within

        def write() -> int:
            return store.keep(
                self.place, self.name, report, data, machines=machines, runs=self.runs, records=self.records
            )

        return within(self.place, write)


@dataclass(slots=True)
class Audited(Outputs):
    """The files of an audit, and the history behind them."""

    ledger: Ledger | None = None
    machines: tuple[str, ...] = ()
    report: Report | None = None
    data: bytes | None = field(default=None, repr=False)
    """the record"""

    def before(self, estate: Estate) -> Baseline | None:
        """The predecessor; that the history cannot be asked for it is told at the end, like a file not written."""
        from scanner.history.opening import HistoryError

        self.machines = estate.machines
        try:
            return self.ledger.before(estate) if self.ledger else None
        except HistoryError as error:
            self.failures.append(tell("{alone}: {redact}", alone=ALONE, redact=redact(str(error))))
            return None

    def keep(self, evidence: Evidence) -> None:
        """Write the record, if it was asked for, and have it ready for the history."""
        content = made(tell("the record"), lambda: record.dump(evidence))
        self.data = data = content if isinstance(content, bytes) else None
        if data is None:
            super(Audited, self).keep(evidence)
        elif self.save:
            self._deliver(self.save, tell("the record"), lambda: data)
        self.digest = digest_of(data) if data else ""

    def deliver(self, report: Report, offer: Offer) -> None:
        """Write every report, and then store the run."""
        from scanner.history.opening import HistoryError

        self.report = report
        super(Audited, self).deliver(report, offer)
        if self.ledger is None or self.data is None:
            self.failures.append(tell("this run is not stored: its record could not be made, as told above"))
            return
        try:
            number = self.ledger.keep(report, self.data, self.machines)
        except HistoryError as error:
            why = redact(str(error))
            if f"{ALONE}: {why}" in self.failures:  # told once
                self.failures.remove(tell("{alone}: {why}", alone=ALONE, why=why))
                self.failures.append(tell("{alone}, and not stored: {why}", alone=ALONE, why=why))
            else:
                self.failures.append(tell("this run is not stored: {why}", why=why))
        else:
            self.written.append(tell("run {number} of {ledger}", number=number, ledger=self.ledger.name))
