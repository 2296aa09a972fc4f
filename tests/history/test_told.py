"""Audits that tell what changed, on the wire."""

from __future__ import annotations

import json

from tests.history.audits import SECRETS, Audits
from tests.test_notify import TOKEN, service


def test_each_change_is_told_once_and_no_night_without_one(tmp_path, monkeypatch):
    for name, word in SECRETS.items():
        monkeypatch.setenv(name, word)
    audits = Audits(tmp_path, str(tmp_path / "h.db"))
    codes, told = [], []
    with service() as one, service(500) as broken:
        for runs in (True, True, False, False, True):
            audits.answer("hv01.corp.example", runs=runs)
            before = len(one.asked)
            done = audits.run("--notify", one.url, "--notify", broken.url, "--notify-link", "https://ci.example/1")
            codes.append(done.code)
            told.append([json.loads(body) for _, _, body in one.asked[before:]])
            for text in (
                done.said,
                done.told,
                *(path.read_text() for path in done.out.iterdir() if path.suffix != ".db"),
            ):
                assert TOKEN not in text
            assert done.told.count("1 of 2 notices could not be sent") == len(told[-1])
            assert len(done.whole()) == 3
    assert [len(one) for one in told] == [0, 0, 1, 0, 1]
    assert "corp.example" not in json.dumps(told)
