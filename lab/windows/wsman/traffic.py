"""What went over the wire: counts for each host."""

from __future__ import annotations

from collections import Counter


class Traffic:
    """Counts requests. Written by the server's loop alone, read from anywhere."""

    def __init__(self) -> None:
        self.actions: Counter[tuple[str, str]] = Counter()
        """(host, action) -> requests. An action is WSMan's; "Receive-fault2150858793" where a fault was answered; "401"
        where a sign-in went on."""
        self.connections: Counter[str] = Counter()
        """host -> TCP connections accepted."""
        self.refused_logons: Counter[tuple[str, str]] = Counter()
        """(host, user as offered, "" if the token did not tell, as CredSSP's) -> sign-ins refused, as for a lockout."""

    def add(self, host: str, action: str) -> None:
        """Count one request and its answer."""
        self.actions[host, action] += 1

    def refused(self, user: str | None = None) -> int:
        """Return how many sign-ins of `user` (of anybody) were refused by all hosts together."""
        return sum(count for (_, name), count in self.refused_logons.items() if user in (None, name))

    def requests(self, host: str | None = None) -> int:
        """Return how many requests `host` (every host) has answered."""
        return sum(count for (name, _), count in self.actions.items() if host in (None, name))

    def count(self, action: str, host: str | None = None) -> int:
        """Return how often `host` (every host) answered `action`."""
        return sum(count for (name, what), count in self.actions.items() if what == action and host in (None, name))

    def reset(self) -> None:
        """Forget everything counted."""
        self.actions.clear()
        self.connections.clear()
        self.refused_logons.clear()
