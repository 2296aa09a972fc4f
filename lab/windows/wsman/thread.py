"""A server in a thread of its own, for whoever has no loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Self

from lab.windows.wsman.server import WsmanServer


class ServerThread:
    """Runs a server in a thread of its own: `with ServerThread(server): ...`."""

    def __init__(self, server: WsmanServer) -> None:
        self.server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wsman", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._wait(self.server.start())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._wait(self.server.stop())
        self._wait(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where the server listens, in the order of its listeners."""
        return self.server.addresses

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function of the server, such as `reboot`, in its loop, and wait until it is done."""

        async def run() -> None:
            function(*arguments)

        self._wait(run())

    def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()
