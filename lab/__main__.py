"""The practice lab from the command line (root, Debian; lab/install.sh installs what it needs).

python -m lab up ESTATE...      these estates, until Ctrl-C; tells how to scan them
python -m lab record            scan the estates and keep their records; `hv-preflight demo` judges the broken one's
python -m lab machines          read only the machines of both records anew: no root, no namespaces (make records)
python -m lab down              the domain controllers, which otherwise stay up
"""

from __future__ import annotations

import json
import shlex
import signal
import sys

from lab import directory, practice, records


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
    with practice.running(*records.RECORDS) as estates:
        for estate in estates:
            kept = estate.file.parent / "practice.hvp"
            done = estate.run("scan", str(estate.file), "--save", str(kept))
            if done.returncode != records.RECORDS[estate.name][1]:
                print(done.stdout + done.stderr)
                return 1
            document = json.loads(kept.read_text(encoding="utf-8")) | {"runner": records.RUNNER}
            text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
            print(records.keep(estate.name, text.encode()))
    return 0


def machines() -> int:
    """Write the records with their machines read anew, if what the record keeps is enough to judge them."""
    made = {name: records.anew(name) for name in records.RECORDS}
    if wrong := [line for name, data in made.items() for line in records.doubts(name, data)]:
        print("nothing is written:", *wrong, sep="\n  ")
        print("what the directory, the key files and the probes tell is read by: python -m lab record")
        return 1
    for name, data in made.items():
        print(records.keep(name, data))
    return 0


def main(words: list[str]) -> int:
    """The command line."""
    match words:
        case ["up", *names]:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
            return up(names)
        case ["record"]:
            return record()
        case ["machines"]:
            return machines()
        case ["down"]:
            directory.down()
            return 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
