"""Fragments waiting for a Receive: one box for the pool, one for every pipeline."""

from __future__ import annotations

import asyncio
from collections import deque

from lab.windows.wsman.soap import WsmanFault, timed_out

RECEIVE_SIZE = 4 * 32768 + 4096
"""Windows answers a Receive with at most four fragments, as captured from it."""

GATHER_SECONDS = 0.01
"""How long an answer waits for what follows its first fragment, so that a quick pipeline comes in one."""


class Mailbox:
    """Used from the server's loop alone."""

    def __init__(self) -> None:
        self._queue: deque[bytes | None] = deque()
        self._news = asyncio.Event()
        self._dead: WsmanFault | None = None
        self.done = False

    def put(self, fragments: list[bytes], *, own_answer: bool = False) -> None:
        """Queue the fragments of a message; `own_answer` keeps it out of an answer that holds earlier ones."""
        if own_answer:
            self._queue.append(None)
        self._queue.extend(fragments)
        self._news.set()

    def finish(self) -> None:
        """Nothing more will come."""
        self.done = True
        self._news.set()

    def kill(self, fault: WsmanFault) -> None:
        """Answer `fault` to whoever waits and whoever comes."""
        self._dead = fault
        self._news.set()

    async def take(self, timeout: float) -> tuple[list[bytes], bool]:
        """Return waiting fragments and whether these are the last; the time-out fault after `timeout` seconds."""
        if not self._queue and not self.done and self._dead is None:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), timeout)
            except TimeoutError:
                raise timed_out() from None
            if not self.done:
                await asyncio.sleep(GATHER_SECONDS)
        if self._dead is not None:
            raise self._dead
        return self._batch(), self.done and not self._queue

    def _batch(self) -> list[bytes]:
        batch: list[bytes] = []
        size = 0
        while self._queue:
            fragment = self._queue[0]
            if fragment is None:
                if batch:
                    break
                self._queue.popleft()
                continue
            if batch and size + len(fragment) > RECEIVE_SIZE:
                break
            batch.append(fragment)
            size += len(fragment)
            self._queue.popleft()
        return batch
