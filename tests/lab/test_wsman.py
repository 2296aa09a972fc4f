"""The WSMan endpoint of the lab, driven by pypsrp over loopback: sign-ins, encryption, pipelines, rights."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import os
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from requests_credssp.exceptions import NTStatusException
from spnego.exceptions import SpnegoError

from lab.windows.wsman import (
    ErrorRecord,
    Event,
    Failed,
    Listener,
    Output,
    PipelineRequest,
    ServerThread,
    Tls,
    Warning,  # noqa: A004
    fragments,
    loopback,
)
from lab.windows.wsman.certificates import Certificates, make
from lab.windows.wsman.loopback import HTTPS, MODES, ask, outputs

ADDRESS = loopback.address(82)
connect = partial(loopback.connect, ADDRESS)
SOFT = ErrorRecord(
    "SoftId,Get-It", 13, "Write-Error", "it", "WriteErrorException", -2146233087, "soft <&> \x1b[31m",
    "Microsoft.PowerShell.Commands.WriteErrorException",
)  # fmt: skip
HARD = ErrorRecord(
    "AccessDenied,Get-It", 18, "Get-It", "", "UnauthorizedAccessException", -2147024891, "denied",
    "System.UnauthorizedAccessException",
)  # fmt: skip


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [ADDRESS, "localhost"])


@pytest.fixture
def lab(pki: Certificates) -> Callable[..., ServerThread]:
    """Makes the server of one machine; more settings by name."""
    return partial(loopback.serve, ADDRESS, pki)


@pytest.mark.parametrize("mode", MODES)
def test_every_way_to_sign_in(lab: Any, pki: Certificates, mode: str) -> None:
    text = "hello wörld 𝄞 <&> _x000A_ \x00\x1b\t\r\n\u2028\ufffe"
    with lab(lambda request: iter([Output(request.user), Output(text)]), allow_unencrypted=True) as running:
        user, echoed = ask(connect(pki, mode))
        assert user.casefold().endswith("certuser" if mode == "certificate-https" else "admin")
        assert echoed == text
        assert not running.server.shells
        assert running.server.traffic.connections[ADDRESS] == 1


@pytest.mark.parametrize("mode", ["basic-https", "ntlm-http", "credssp-http"])
def test_big_outputs_and_scripts(lab: Any, pki: Certificates, mode: str) -> None:
    big = "ab<&>é" * 150_000
    with lab() as running:
        assert ask(connect(pki, mode), big) == [big]
        assert running.server.traffic.count("Send") >= 2


def test_outputs_keep_their_types_and_order(lab: Any, pki: Certificates) -> None:
    values = ["text", "", None, True, False, 7, -(2**40), 1.5]
    with lab(outputs(*values)):
        received = ask(connect(pki))
    assert [(value, type(value)) for value in received] == [(value, type(value)) for value in values]


def test_what_the_runner_is_told(lab: Any, pki: Certificates) -> None:
    asked: list[PipelineRequest] = []

    def note(request: PipelineRequest) -> Iterator[Event]:
        asked.append(request)
        yield Output(None)

    with (
        lab(note, configurations={"HvPreflight": ["ADMIN"]}, machines={ADDRESS: "hv01.corp.example"}),
        connect(pki) as w,
    ):
        with RunspacePool(w, configuration_name="HvPreflight") as pool:
            shell = PowerShell(pool).add_cmdlet("Get-VM").add_parameter("Name", ["a", {"b": 1}]).add_argument("c")
            shell.add_argument(True).add_cmdlet("Select-Object").add_parameter("First", 3).invoke()
        pool_id = str(pool.id).upper()
    (request,) = asked
    assert (request.host, request.configuration, request.shell) == ("hv01.corp.example", "HvPreflight", pool_id)
    first, second = request.steps
    assert (first.name, first.is_script) == ("Get-VM", False)
    assert first.parameters == {"Name": ["a", {"b": 1}], "": ["c", True]}
    assert [type(item) for item in first.parameters[""]] == [str, bool]
    assert (second.name, second.parameters) == ("Select-Object", {"First": 3})


def test_errors_and_warnings(lab: Any, pki: Certificates) -> None:
    events: list[Event] = [Warning("w"), SOFT, Output("o"), Failed(HARD), Output("never")]
    with lab(lambda _request: iter(events)), connect(pki) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        assert powershell.invoke() == ["o"]
    assert powershell.had_errors
    assert [str(warning) for warning in powershell.streams.warning] == ["w"]
    soft, hard = powershell.streams.error
    assert (soft.fq_error, soft.category, soft.target_name, str(soft)) == (SOFT.id, 13, "it", SOFT.message)
    assert soft.message == "ObjectNotFound: (it:String) [Write-Error], WriteErrorException"
    assert (hard.fq_error, hard.category, hard.activity) == (HARD.id, 18, "Get-It")
    assert hard.exception.adapted_properties["HResult"] == HARD.hresult
    assert [record.activity for record in powershell.streams.progress] == ["Preparing modules for first use."]


def test_a_broken_runner_fails_the_pipeline(lab: Any, pki: Certificates, caplog: pytest.LogCaptureFixture) -> None:
    with lab(outputs("before", object())), connect(pki) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        assert powershell.invoke() == ["before"]
    assert powershell.had_errors
    assert powershell.streams.error[0].fq_error == "RunnerFailed"
    assert "the runner of" in caplog.text


def test_outputs_leave_as_soon_as_they_are_there(lab: Any, pki: Certificates) -> None:
    go_on = threading.Event()

    def two(_request: PipelineRequest) -> Iterator[Event]:
        yield Output("first")
        assert go_on.wait(10)
        yield Output("second")

    with lab(two), connect(pki) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        powershell.begin_invoke()
        while not powershell.output:
            powershell.poll_invoke()
        assert powershell.output == ["first"]
        go_on.set()
        assert powershell.end_invoke() == ["first", "second"]


def test_parallel_pipelines_and_stop(lab: Any, pki: Certificates) -> None:
    all_there, closed, forever = threading.Barrier(3, timeout=10), threading.Event(), threading.Event()

    def meet(request: PipelineRequest) -> Iterator[Event]:
        if request.steps[0].name == "endless":
            try:
                for number in itertools.count():
                    yield Output(number)
                    forever.wait(0.01)
            finally:
                closed.set()
        all_there.wait()  # returns only when three pipelines run at once
        yield Output(request.steps[0].name)

    with lab(meet), connect(pki) as wsman, RunspacePool(wsman, max_runspaces=3) as pool:
        pipelines = [PowerShell(pool).add_script(name) for name in ("a", "b", "c")]
        for pipeline in pipelines:
            pipeline.begin_invoke(input=(number for number in (1, 2)))  # starts when its input has ended
        assert [pipeline.end_invoke() for pipeline in pipelines] == [["a"], ["b"], ["c"]]
        endless = PowerShell(pool).add_script("endless")
        endless.begin_invoke()
        endless.poll_invoke()
        endless.stop()
        assert closed.wait(10)
        received = pool.shell.receive("stdout", command_id=str(endless.id).upper())[2]["stdout"]
        *_, last = fragments.decode([received])
        assert last.type == fragments.PIPELINE_STATE
        assert '<I32 N="PipelineState">3</I32>' in last.data
        assert "PipelineStopped" in last.data
        with PowerShell(pool).add_script("endless") as closing:
            closing.begin_invoke()
            closing.stop()


def test_a_long_poll_ends_and_is_asked_again(lab: Any, pki: Certificates) -> None:
    polled = threading.Event()

    def patient(_request: PipelineRequest) -> Iterator[Event]:
        assert polled.wait(10)
        yield Output("late")

    with lab(patient) as running, connect(pki, operation_timeout=1) as wsman, RunspacePool(wsman) as pool:
        powershell = PowerShell(pool).add_script("x")
        powershell.begin_invoke()
        while not running.server.traffic.count("Receive-fault2150858793"):
            powershell.poll_invoke()
        polled.set()
        assert powershell.end_invoke() == ["late"]


@pytest.mark.parametrize(("mode", "name"), [("basic-https", "admin"), ("ntlm-http", "admin")])
def test_a_wrong_password_is_refused_and_counted(lab: Any, pki: Certificates, mode: str, name: str) -> None:
    with lab() as running:
        with pytest.raises(AuthenticationError):
            ask(connect(pki, mode, password="wrong"))
        assert running.server.traffic.refused_logons == {(ADDRESS, name): 1}
        assert ask(connect(pki, mode)) == ["x"]


def test_a_wrong_password_is_refused_by_credssp(lab: Any, pki: Certificates) -> None:
    with lab() as running:
        with pytest.raises(NTStatusException, match="0x8009030c"):  # SEC_E_LOGON_DENIED
            ask(connect(pki, "credssp-http", password="wrong"))
        assert running.server.traffic.refused_logons == {(ADDRESS, ""): 1}
        assert ask(connect(pki, "credssp-http")) == ["x"]


def test_domain_accounts_sign_in_by_ntlm(lab: Any, pki: Certificates) -> None:
    with lab(lambda request: iter([Output(request.user)])):
        assert ask(connect(pki, "ntlm-http", username="CORP\\svc")) == ["CORP\\svc"]


def test_the_accounts_stay_out_of_the_environment(lab: Any, pki: Certificates) -> None:
    before = dict(os.environ)
    with lab():
        assert ask(connect(pki, "negotiate-https")) == ["x"]
        assert dict(os.environ) == before
        with pytest.raises((SpnegoError, AuthenticationError)):  # a client of the same process finds no password
            ask(connect(pki, "ntlm-https", username=None, password=None))
    with lab(keytab="/nowhere/host.keytab"):
        assert os.environ["KRB5_KTNAME"] == "/nowhere/host.keytab"
    assert dict(os.environ) == before


def test_a_certificate_stands_for_an_account(lab: Any, pki: Certificates) -> None:
    with lab(lambda request: iter([Output(request.user)]), certificate_users={"certuser": "svc@corp.example"}):
        assert ask(connect(pki, "certificate-https")) == ["svc@corp.example"]


def test_channel_binding_is_checked(lab: Any, pki: Certificates) -> None:
    strict = Tls(pki.server.certificate, pki.server.key, require_binding=True)
    with lab(listeners=[Listener(ADDRESS, HTTPS, strict)]):
        assert ask(connect(pki, "negotiate-https")) == ["x"]
        with pytest.raises(AuthenticationError):
            ask(connect(pki, "negotiate-https", negotiate_send_cbt=False))


def test_clear_text_is_refused_by_default(lab: Any, pki: Certificates) -> None:
    with lab(), pytest.raises(WinRMTransportError) as refused:
        ask(connect(pki, "basic-http"))
    assert refused.value.code == 500


def test_session_configurations_and_their_users(lab: Any, pki: Certificates) -> None:
    allowed = {"Microsoft.PowerShell": [], "HvPreflight": ["admin"]}
    with lab(lambda request: iter([Output(request.configuration)]), configurations=allowed):
        assert ask(connect(pki), configuration_name="hvpreflight") == ["HvPreflight"]
        with pytest.raises(WSManFaultError) as denied:
            ask(connect(pki))
        assert denied.value.code == 5
        with pytest.raises(WSManFaultError) as unknown:
            ask(connect(pki), configuration_name="Missing")
        assert unknown.value.code == 2150858811


def test_configurations_may_differ_by_machine(lab: Any, pki: Certificates) -> None:
    with lab(configurations=lambda host: {host: None}, machines={ADDRESS: "hv01"}):
        assert ask(connect(pki), configuration_name="hv01") == ["x"]


@pytest.mark.parametrize("version", ["3.0", "4.0", "5.1.14393.7155", "5.1.26100.1", "7.4.6"])
def test_the_version_of_powershell_is_the_machines(lab: Any, pki: Certificates, version: str) -> None:
    with lab(powershell_version=lambda _host: version), connect(pki) as wsman, RunspacePool(wsman) as pool:
        table = pool.application_private_data.data["PSVersionTable"]
        assert table["PSVersion"] == version
        assert table["PSRemotingProtocolVersion"] == ("2.3" if version >= "5" else "2.2") == pool.protocol_version
        assert PowerShell(pool).add_script("x").invoke() == ["x"]


def test_the_shells_of_a_user_are_limited(lab: Any, pki: Certificates) -> None:
    with lab(max_shells_per_user=1), connect(pki) as first, connect(pki) as second:
        with RunspacePool(first):
            with pytest.raises(WSManFaultError) as full:
                RunspacePool(second).open()
            assert full.value.code == 2150859173
        RunspacePool(second).open()


def test_requests_a_host(lab: Any, pki: Certificates) -> None:
    """The numbers that budgets are set by: 6 with basic over TLS, 9 with NTLM over http."""
    for mode, requests in (("basic-https", 6), ("certificate-https", 6), ("ntlm-http", 9)):
        with lab() as running:
            ask(connect(pki, mode))
            traffic = running.server.traffic
            # Two Receives open the pool; how many more the pipeline takes is a matter of how quick it is.
            assert traffic.requests(ADDRESS) - max(traffic.count("Receive") - 3, 0) == requests
            assert traffic.count("Receive") >= 3


def test_an_address_that_cannot_be_had_is_an_error(lab: Any) -> None:
    with lab(), pytest.raises(OSError, match="in use"), lab():
        pass


@pytest.mark.parametrize("turns", range(8))
def test_a_stop_at_any_moment_closes_what_was_accepted(lab: Any, turns: int) -> None:
    """Also what nobody serves yet: a socket left to the garbage collector warns, which fails some test or other."""
    with lab() as running:
        server = running.server

    async def stopped_after_some_turns() -> None:
        await server.start()
        with socket.create_connection((ADDRESS, HTTPS)) as client:
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.stop()
            gc.collect()
            client.settimeout(10)
            with contextlib.suppress(ConnectionResetError):
                assert client.recv(1) == b""

    asyncio.run(stopped_after_some_turns())
