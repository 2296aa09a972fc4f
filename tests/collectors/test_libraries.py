"""Kerberos' libraries load each other's halves: whoever needs one of them loads all, and one thread at a time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kerberos", "ldap", "psrp")
AT_ONCE = """
import importlib, sys, threading
sys.setswitchinterval(1e-6)
gate, failed = threading.Barrier(len(sys.argv) - 1), []
def work(name):
    gate.wait()
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed.append(f"{name}: {error!r}")
threads = [threading.Thread(target=work, args=(name,), daemon=True) for name in sys.argv[1:]]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
print("alive" if any(t.is_alive() for t in threads) else "ended", *failed)
"""


@pytest.mark.parametrize("turn", range(3))
def test_two_threads_that_need_them_first_both_get_them(turn):
    names = [f"scanner.collect.transport.{name}" for name in ("psrp.sign_in", "ldap.sasl", "kerberos.password")]
    names = names[turn:] + names[:turn]
    done = subprocess.run(
        [sys.executable, "-c", AT_ONCE, *names], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == "ended\n", done.stdout + done.stderr


def test_every_room_that_imports_one_loads_all_first():
    found = set()
    for path in (ROOT / "scanner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in ("gssapi", "krb5", "spnego", "pypsrp") for name in names):
                found.add(path.relative_to(ROOT / "scanner" / "collect" / "transport").parts[0])
    assert found == set(ROOMS)
    for room in ROOMS:
        text = (ROOT / "scanner" / "collect" / "transport" / room / "__init__.py").read_text(encoding="utf-8")
        assert "\nload()\n" in text, room
