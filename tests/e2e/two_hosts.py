"""A plan of live migration between two hosts of the sound estate, whose sign-in may be another one."""

from __future__ import annotations

from lab import practice

HV01, HV02 = HOSTS = ("hv01.corp.example", "hv02.corp.example")
SIGN_IN = '[sign_in]\nmethod = "kerberos"\ntransport = "https"\nca = "ca.pem"\n'


def plan(estate: practice.Estate, sign_in: str = SIGN_IN, *, both_ways: bool = False, more: str = "") -> str:
    """The text of its file."""
    whole = estate.file.read_text(encoding="utf-8")
    assert SIGN_IN in whole
    head = whole.partition("[[group]]")[0].replace(SIGN_IN, sign_in).replace(', "replica", "asr-vmm"', "")
    hosts = "".join(f'[[host]]\nname = "{name}"\n' for name in HOSTS)
    route = f'[[route]]\nfrom = "{HV01}"\nto = "{HV02}"\nboth_ways = {str(both_ways).lower()}\n'
    return f"{head}{hosts}{route}{more}"
