"""The practice lab from the command line (root, Debian; lab/install.sh installs what it needs).

python -m lab up ESTATE...      these estates, until Ctrl-C; tells how to scan them
python -m lab record            scan the broken estate and keep the record that `hv-preflight demo` judges
python -m lab down              the domain controllers, which otherwise stay up
"""

from __future__ import annotations

import json
import shlex
import signal
import sys

from lab import directory, practice

RECORDS = {
    "broken": (practice.ROOT / "scanner" / "data" / "practice.hvp", 1),
    "good": (practice.ROOT / "tests" / "data" / "good.hvp", 0),
}
"""Where the record of an estate is kept, and the exit code of scanning it."""


def up(names: list[str]) -> int:
    """Bring estates up and wait."""
    unknown = sorted(set(names) - set(practice.estates()))
    if unknown or not names:
        print(f"there are the estates {', '.join(practice.estates())}", file=sys.stderr)
        return 2
    with practice.running(*names) as estates:
        for estate in estates:
            cache = f"KRB5CCNAME={estate.environment['KRB5CCNAME']}"
            command = estate.scanner("env", cache, sys.executable, "-m", "scanner", "scan", str(estate.file))
            print(f"{estate.name} is up. Scan it from where the scanner stands:\n  {shlex.join(command)}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
    return 0


def record() -> int:
    """Write the records, with a runner's name that says what they are."""
    with practice.running(*RECORDS) as estates:
        for estate in estates:
            path, code = RECORDS[estate.name]
            kept = estate.file.parent / "practice.hvp"
            done = estate.run("scan", str(estate.file), "--save", str(kept))
            if done.returncode != code:
                print(done.stdout + done.stderr)
                return 1
            document = json.loads(kept.read_text(encoding="utf-8")) | {"runner": "practice"}
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            print(path)
    return 0


def main(words: list[str]) -> int:
    """The command line."""
    match words:
        case ["up", *names]:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
            return up(names)
        case ["record"]:
            return record()
        case ["down"]:
            directory.down()
            return 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
