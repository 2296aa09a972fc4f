"""Secrets: each source, what is said when there is none, and that no text keeps them."""

from __future__ import annotations

import sys

import pytest

from scanner.estate.secret import HIDDEN, SecretError, SecretSource, redact


def test_environment(monkeypatch):
    monkeypatch.setenv("HV_TEST", "s3cret-env")
    assert SecretSource(env="HV_TEST").value() == "s3cret-env"
    assert redact("with s3cret-env inside") == f"with {HIDDEN} inside"


def test_file_is_read_up_to_its_first_line_end(tmp_path):
    path = tmp_path / "p"
    path.write_text("s3cret-file\nmore\n", encoding="utf-8")
    assert SecretSource(file=str(path)).value() == "s3cret-file"


def test_command(tmp_path):
    source = SecretSource(command=(sys.executable, "-c", "print('s3cret-command')"))
    assert source.value() == "s3cret-command"


def test_read_once(tmp_path):
    path = tmp_path / "p"
    path.write_text("first-one\n", encoding="utf-8")
    source = SecretSource(file=str(path))
    source.value()
    path.write_text("second-one\n", encoding="utf-8")
    assert source.value() == "first-one"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SecretSource(env="HV_NOT_SET"), "environment variable HV_NOT_SET is not set or empty"),
        (SecretSource(file="/no/such/file"), "file /no/such/file cannot be read"),
        (SecretSource(command=("/no/such/command", "with", "arguments")), "command /no/such/command gave no secret"),
        (
            SecretSource(command=(sys.executable, "-c", "import sys; print('s3cret-bad'); sys.exit(1)")),
            "gave no secret",
        ),
    ],
)
def test_a_source_without_a_secret_is_named_and_nothing_else(source, words):
    with pytest.raises(SecretError, match=words) as caught:
        source.value()
    assert "s3cret-bad" not in str(caught.value)


def test_the_value_is_in_no_representation(monkeypatch):
    monkeypatch.setenv("HV_TEST2", "s3cret-repr")
    source = SecretSource(env="HV_TEST2")
    source.value()
    assert "s3cret-repr" not in repr(source)


def test_the_longer_secret_is_hidden_first(monkeypatch):
    monkeypatch.setenv("HV_SHORT", "abc-short")
    monkeypatch.setenv("HV_LONG", "abc-short-and-long")
    SecretSource(env="HV_SHORT").value()
    SecretSource(env="HV_LONG").value()
    assert redact("abc-short-and-long") == HIDDEN
