"""The estate file: what it means, and every mistake at once with its key and what would be right."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import Profile, Route
from scanner.estate import template
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read
from scanner.estate.values import duration
from scanner.record.record import dump, load
from tests.conftest import ended, evidence

MINIMAL = """
[[group]]
name = "berlin"
hosts = ["HV01.corp.example", "hv02.corp.example."]

[[host]]
name = "hv11.branch.example"
address = "10.0.0.11"

[[route]]
from = "berlin"
to = "hv11.branch.example"
"""
HV01, HV02, HV11 = "hv01.corp.example", "hv02.corp.example", "hv11.branch.example"


def file(folder: Path, text: str) -> Path:
    path = folder / "estate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> dict[str, str]:
    with pytest.raises(EstateError) as caught:
        read(file(folder, text))
    found = {mistake.key: mistake.text for mistake in caught.value.mistakes}
    assert len(found) == len(caught.value.mistakes), caught.value
    return found


def test_a_minimal_estate(tmp_path):
    declared = read(file(tmp_path, MINIMAL))
    assert declared.estate.hosts == (HV01, HV02, HV11)
    assert declared.estate.routes == (Route(HV01, HV11), Route(HV02, HV11))
    assert declared.estate.profiles == {Profile.LIVE_MIGRATION}
    assert declared.access.addresses == {HV11: "10.0.0.11"}
    assert declared.access.sign_in(HV01).tcp_port == 5986


def test_the_template_is_an_estate(tmp_path):
    declared = read(file(tmp_path, template.text()))
    assert declared.estate.domains == ("corp.example", "branch.example")
    assert len(declared.estate.routes) == 6  # berlin <-> munich both ways, and berlin with itself


def test_a_group_with_itself_is_all_with_each_other(tmp_path):
    text = MINIMAL.replace('to = "hv11.branch.example"', 'to = "berlin"\nstorage = false')
    assert read(file(tmp_path, text)).estate.routes == (
        Route(HV01, HV02, storage=False),
        Route(HV02, HV01, storage=False),
    )


def test_disks_may_move_alone(tmp_path):
    text = MINIMAL.replace('to = "hv11.branch.example"', 'to = "hv11.branch.example"\nstorage = "only"')
    declared = read(file(tmp_path, text)).estate
    assert {(route.storage, route.machines) for route in declared.routes} == {(True, False)}
    assert load(dump(ended(evidence({}, declared))), ()).estate == declared


def test_a_route_named_twice_counts_once(tmp_path):
    twice = MINIMAL + '[[route]]\nfrom = "hv01.corp.example"\nto = "hv11.branch.example"\nstorage = true\n'
    assert read(file(tmp_path, twice)).estate.routes == (Route(HV01, HV11), Route(HV02, HV11))


def test_the_mistakes_of_the_experience_page(tmp_path):
    text = MINIMAL.replace('to = "hv11.branch.example"', 'to = "berlim"') + (
        '[networks]\ntrusted = ["10.0.0.0/24", "10.20.0.5/24"]\n[sign_in]\npassword = "hunter2"\n'
    )
    found = mistakes(tmp_path, text)
    assert found["route[1].to"] == '"berlim" is no group and no host; did you mean "berlin"?'
    assert found["networks.trusted[2]"] == '"10.20.0.5/24" has host bits set; did you mean "10.20.0.0/24"?'
    assert found["sign_in.password"] == (
        'a secret may not stand in this file; write password = { env = "HV_PASSWORD" } or { keyring = "hv-preflight" }'
    )
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(
    ("more", "key", "words"),
    [
        ("profile = []\n", "profile", 'did you mean "profiles"?'),
        ("profiles = []\n", "profiles", "is empty"),
        ('profiles = ["live"]\n', "profiles[1]", '"live" is none of live-migration, replica, asr-vmm'),
        ("[sign_in]\ntranport = 'http'\n", "sign_in.tranport", 'did you mean "transport"?'),
        ("[sign_in]\npasswd = 'hunter2'\n", "sign_in.passwd", "a secret may not stand"),
        ("[sign_in]\npassword = {}\n", "sign_in.password", "exactly one of"),
        ("[sign_in]\npassword = { env = 'A', prompt = true }\n", "sign_in.password", "exactly one of"),
        ("[sign_in]\nmethod = 'basic'\n", "sign_in.method", "needs user and password"),
        ("[directory]\nuser = 'u'\npassword = { env = 'P' }\n", "directory.password", 'write method = "simple"'),
        ("[sign_in]\nmethod = 'negotiate'\nuser = 'a'\n", "sign_in.method", "or neither"),
        ("[sign_in]\nmethod = 'certificate'\n", "sign_in.method", "certificate_key"),
        ("[sign_in]\nport = 70000\n", "sign_in.port", "70000"),
        ("[sign_in]\nverify = 'yes'\n", "sign_in.verify", '"yes"'),
        ("[limits]\nhost_deadline = '60'\n", "limits.host_deadline", "is no duration"),
        ("[limits]\nhost_deadline = '0s'\n", "limits.host_deadline", "is no duration"),
        ("[limits]\nconcurrency = 0\n", "limits.concurrency", "0"),
        ("[names]\nservers = ['dns1']\n", "names.servers[1]", "is no address"),
        ("[networks]\nuntrusted = ['lan']\n", "networks.untrusted[1]", "is no network"),
        ("[networks]\nipsec = ['10.20.0.0/24', 'lan']\n", "networks.ipsec[2]", "is no network"),
        ("[networks]\ntrusted = ['fd00:20::1/64']\n", "networks.trusted[1]", 'did you mean "fd00:20::/64"?'),
        ("[site_recovery]\nproxy = 'http://p:8080'\n", "site_recovery.proxy", "host and port"),
        ("[site_recovery]\nendpoints = ['*.blob.core.windows.net']\n", "site_recovery.endpoints[1]", "no wildcard"),
        ("[[host]]\nname = '10.0.0.1'\n", "host[2].name", "Kerberos needs a name"),
        ("[[host]]\nname = 'a b'\n", "host[2].name", "is no host name"),
        ("[[host]]\nname = 'x.y'\naddress = 'x'\n", "host[2].address", "is no address"),
        ("[[host]]\naddress = '10.0.0.1'\n", "host[2].name", "is missing"),
        ("[[group]]\nname = 'berlin'\nhosts = ['x.y']\n", "group[2]", 'otherwise about "berlin" than group[1]: hosts'),
        ("[[route]]\nfrom = 'hv01.corp.example'\nto = 'hv01.corp.example'\n", "route[2]", "to itself"),
        ("[vmm]\nname = 'x'\n", "vmm", "write [[vmm]]"),
        ("networks = 5\n", "networks", "where a table belongs"),
    ],
)
def test_each_mistake(tmp_path, more, key, words):
    # tables of our own go last, plain keys first, as TOML wants it
    text = MINIMAL + more if more.startswith("[") else more + MINIMAL
    found = mistakes(tmp_path, text)
    assert words in found[key]
    assert "hunter2" not in str(found)


@pytest.mark.parametrize("method", ["basic", "certificate"])
def test_no_secret_in_clear(tmp_path, method):
    text = MINIMAL + f"[sign_in]\nmethod = '{method}'\ntransport = 'http'\nuser = 'a'\npassword = {{ env = 'A' }}\n"
    text += "certificate = 'a'\ncertificate_key = 'b'\n"
    assert "in clear" in mistakes(tmp_path, text)["sign_in.transport"]


def test_no_route_is_a_mistake_unless_only_a_vmm_server_is_looked_at(tmp_path):
    assert "route" in mistakes(tmp_path, "[[host]]\nname = 'a.b'\n")
    assert read(file(tmp_path, "profiles = ['asr-vmm']\n[[vmm]]\nname = 'vmm.b'\n")).estate.vmm_servers == ("vmm.b",)


def test_sign_in_is_overlaid_by_group_and_host(tmp_path):
    text = """
    [sign_in]
    transport = "http"
    user = "general"
    [[group]]
    name = "g"
    hosts = ["a.x", "b.x"]
    sign_in = { method = "negotiate", password = { env = "P" } }
    [[host]]
    name = "b.x"
    sign_in = { user = "own" }
    [[host]]
    name = "c.x"
    [[route]]
    from = "g"
    to = "c.x"
    """
    access = read(file(tmp_path, text)).access
    words = {
        name: (access.sign_in(name).method, access.sign_in(name).transport, access.sign_in(name).user)
        for name in ("a.x", "b.x", "c.x")
    }
    assert words == {
        "a.x": ("negotiate", "http", "general"),
        "b.x": ("negotiate", "http", "own"),
        "c.x": ("kerberos", "http", "general"),
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"a = ", "is no TOML"), (b"\xff\xfe\x00", "save it as UTF-8"), (b"a" * (5 << 20), "larger than")],
)
def test_what_is_no_estate_file(tmp_path, data, words):
    path = tmp_path / "estate.toml"
    path.write_bytes(data)
    with pytest.raises(EstateError, match=words):
        read(path)


def test_a_missing_file_says_how_to_write_one(tmp_path):
    with pytest.raises(EstateError, match="hv-preflight init"):
        read(tmp_path / "gone.toml")


def test_hostile_text_stays_visible_and_short(tmp_path):
    found = mistakes(
        tmp_path,
        MINIMAL
        + f"[[host]]\nname = 'x.y'\naddress = '\x1b[31m{'a' * 500}'\n".replace("\x1b", "\\u001b").replace("'", '"'),
    )
    assert "\x1b" not in found["host[2].address"]
    assert len(found["host[2].address"]) < 100


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("500ms", 0.5), ("60s", 60), ("1.5m", 90), ("2h", 7200), ("", None), ("s", None), ("-1s", None), ("1d", None)],
)
def test_duration(text, seconds):
    assert duration(text) == seconds


@given(st.text(max_size=200))
def test_any_text_is_an_estate_or_its_mistakes(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    with contextlib.suppress(EstateError):
        assert read(path).estate.routes
