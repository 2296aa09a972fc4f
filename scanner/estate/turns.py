"""Words on a password: a controller's, and a host's that was given its turn to take or refuse it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

REFUSED_HERE = "the sign-in was refused; it is not tried again"


class LogonStopped(Exception):  # noqa: N818 - an answer, not a fault
    """The account may not be used any more; the text says who refused it, and is the same for every target."""


class NoTurn(Exception):  # noqa: N818
    """The deadline was over before others had told whether the password is right."""


class Word(Enum):
    """What came of asking a controller."""

    TAKEN = "taken"
    REFUSED = "refused"
    LOST = "was sent it, and did not answer: it may have refused it"
    NONE = "could not be asked"


@dataclass(frozen=True, slots=True)
class Answer:
    """A controller's word on a password."""

    word: Word
    detail: str = ""
    """how it was taken: kerberos or ldap; or who refused it, and why; or who did not answer"""


class Said(Enum):
    """What a host made of the password."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOTHING = "was sent it, and did not answer: it may have refused it"
    LOST = "the same, and it is a controller"
    NOT_ASKED = "was not sent it"


@dataclass(slots=True)
class Known:
    """What is known of one password of one account."""

    how: str = ""
    """how a controller took it; empty while none has"""
    asked: bool = False
    """controllers were asked, or it was tried to"""
    asking: bool = False
    candidates: int = 0
    """hosts that are to show that they answer"""
    open: dict[object, float] = field(default_factory=dict[object, float])
    """the turns of hosts that owe their word, each with the monotonic second after which nobody waits for it"""
    said: Counter[Said] = field(default_factory=Counter[Said])

    @property
    def accepted(self) -> int:
        """How many hosts took it."""
        return self.said[Said.ACCEPTED]

    def trying(self, now: float) -> int:
        """How many hosts may answer yet."""
        return sum(now < until for until in self.open.values())

    def free(self, now: float) -> bool:
        """Whether those that accepted outweigh those that refused, or kept silent but for one, and one more."""
        against = max(self.said[Said.REFUSED], self.silent(now) - 1)
        return self.trying(now) + against <= self.accepted

    def silent(self, now: float) -> int:
        """How many hosts were sent it, and did not answer in time."""
        return self.said[Said.NOTHING] + self.said[Said.LOST] + len(self.open) - self.trying(now)

    def busy(self, now: float) -> bool:
        """Whether a first word on it is awaited."""
        return self.asking or bool(not self.accepted and self.trying(now))

    def done(self, now: float) -> bool:
        """Whether it may not go on: more refused than accepted, two more did not answer, or a controller did not."""
        lost = self.said[Said.LOST] > 0 and not self.accepted
        return lost or self.said[Said.REFUSED] > self.accepted or self.silent(now) > self.accepted + 1


Witness = Callable[[object, Said, str], str]
"""Takes the word of the host whose turn it was; gives why the account is done, if it is."""


class Turn:
    """Leave to send the password to one host; its word is told to the others, once."""

    def __init__(self, host: str, user: str, witness: Witness | None) -> None:
        """No witness is wanted where a controller has taken the password: then a host speaks for itself alone."""
        self._host, self._user, self._witness = host, user, witness

    def accepted(self) -> None:
        """The host took the password."""
        self._tell(Said.ACCEPTED)

    def refused(self, words: str = "") -> str:
        """The host refused it, in its own words or in ours; gives the reason for the report."""
        said = f"{self._host} refused the sign-in of {self._user}"
        return self._tell(Said.REFUSED, words or said) or REFUSED_HERE

    def unanswered(self, *, controller: bool = False) -> None:
        """It was sent, and no answer came; from a controller, which all others would ask, that is the last word."""
        said = Said.LOST if controller else Said.NOTHING
        self._tell(said, f"{self._host} was sent the sign-in of {self._user} and did not answer")

    def over(self) -> None:
        """The host has said all it will; without a word of it, the turn is another's."""
        self._tell(Said.NOT_ASKED)

    def _tell(self, said: Said, words: str = "") -> str:
        witness, self._witness = self._witness, None
        return witness(self, said, words) if witness else ""
