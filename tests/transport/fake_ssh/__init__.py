"""An ``ssh`` that leads to practice machines: a program for the PATH, and what answers it, in the test itself."""

from __future__ import annotations

import json
import socket
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = """#!{python}
import json, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect({door!r})
server.sendall(json.dumps([sys.argv[1:], sys.stdin.read()]).encode() + b"\\n")
answers = server.makefile("r", encoding="ascii")
for line in answers:
    kind, text = line[0], line[1:]
    if kind == "x":
        sys.stderr.write(text)
        sys.exit(255)
    sys.stdout.write(text)
    sys.stdout.flush()
"""

Answer = Callable[[str, str], Iterator[str]]
"""Given the target and the script, lines of its output; ``Refused`` ends ssh with status 255."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """What ssh says on stderr when it cannot lead there."""


@dataclass(slots=True)
class Heard:
    """What every run of the program was given."""

    arguments: list[list[str]] = field(default_factory=list)


@contextmanager
def ssh_to(answer: Answer, folder: Path) -> Iterator[Heard]:
    """Put the program into ``folder``/bin, and answer it while the block runs."""
    (folder / "bin").mkdir()
    door, heard = socket.socket(socket.AF_UNIX), Heard()
    door.bind(str(folder / "ssh.sock"))
    door.listen()
    program = folder / "bin" / "ssh"
    program.write_text(PROGRAM.format(python=sys.executable, door=str(folder / "ssh.sock")), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=_talk, args=(client, answer, heard)))
            threads[-1].start()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield heard
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        for thread in (serving, *threads):
            thread.join()


def _talk(client: socket.socket, answer: Answer, heard: Heard) -> None:
    with client, client.makefile("rw", encoding="ascii") as stream:
        arguments, script = json.loads(stream.readline())
        heard.arguments.append(arguments)
        target = arguments[arguments.index("--") + 1]
        try:
            for line in answer(target, script):
                stream.write(f"o{line}\n")
                stream.flush()
        except Refused as why:
            stream.write(f"x{why}\n")
        except OSError:  # the program was killed
            return
