"""The WSMan actions a PowerShell client uses: Create, Command, Send, Receive, Signal, Delete, Get and so on."""

from __future__ import annotations

import base64
import binascii
import uuid
from html import escape

from lab.windows.wsman import soap
from lab.windows.wsman.service import Service
from lab.windows.wsman.shell import Shell
from lab.windows.wsman.soap import PSN, RSP, Request, WsmanFault, answer

_MAX_ENVELOPE_KB = 500


class Actions:
    """The actions of one client, known by its address, on `host`; `shells` are those of all machines, by identity."""

    def __init__(self, service: Service, shells: dict[str, Shell], host: str, client: str) -> None:
        self._service, self._shells, self._host, self._client = service, shells, host, client

    async def perform(self, user: str, request: Request) -> str:
        """Do what `user` requests and return the answer's envelope. WsmanFault where Windows answers one."""
        match request.verb:
            case "Create":
                body = self._create(user, request)
            case "Get" if request.resource.endswith("/config"):
                body = (
                    '<cfg:Config xmlns:cfg="http://schemas.microsoft.com/wbem/wsman/1/config">'
                    f"<cfg:MaxEnvelopeSizekb>{_MAX_ENVELOPE_KB}</cfg:MaxEnvelopeSizekb></cfg:Config>"
                )
            case "Receive":
                return await _receive(self._shell(user, request), request)
            case "Command" | "Send" | "Signal" | "Delete" | "Get" | "Disconnect" | "Reconnect":
                body = self._with_shell(self._shell(user, request), request)
            case verb:
                raise WsmanFault(2150858752, "a:ActionNotSupported", f"The action {verb} is not supported. ")
        return answer(f"{request.action}Response", request.message_id, body)

    def _shell(self, user: str, request: Request) -> Shell:
        shell = self._shells.get(request.shell_id)
        if shell is None or shell.host != self._host:
            raise soap.no_such_shell()
        if shell.user != user:
            raise soap.access_denied()
        return shell

    def _create(self, user: str, request: Request) -> str:
        element = request.body.find(f"{RSP}Shell")
        uri = request.resource
        if element is None or not uri.startswith(soap.POWERSHELL_URI):
            raise soap.no_such_resource(uri)
        configurations = {
            name.casefold(): (name, users) for name, users in self._service.configurations_of(self._host).items()
        }
        known = configurations.get(uri.removeprefix(soap.POWERSHELL_URI).casefold())
        if known is None:
            raise soap.no_such_resource(uri)
        name, users = known
        if users is not None and user.casefold() not in {allowed.casefold() for allowed in users}:
            raise soap.access_denied()
        limit = self._service.max_shells_per_user
        if sum(shell.user == user and shell.host == self._host for shell in self._shells.values()) >= limit:
            raise soap.too_many_shells(limit)
        shell_id = (element.get("ShellId") or str(uuid.uuid4())).upper()
        shell = Shell(self._service, self._host, user, shell_id, name)
        shell.open(_decode(element.findtext(f"{PSN}creationXml")))
        self._shells[shell_id] = shell
        return (
            f"<x:ResourceCreated><a:Address>http://{escape(self._host)}/wsman</a:Address><a:ReferenceParameters>"
            f"<w:ResourceURI>{escape(uri)}</w:ResourceURI>"
            f'<w:SelectorSet><w:Selector Name="ShellId">{shell_id}</w:Selector></w:SelectorSet>'
            f"</a:ReferenceParameters></x:ResourceCreated>{_describe(shell, self._client)}"
        )

    def _with_shell(self, shell: Shell, request: Request) -> str:
        match request.verb:
            case "Command":
                line = request.body.find(f"{RSP}CommandLine")
                command_id = (line.get("CommandId") if line is not None else None) or str(uuid.uuid4())
                arguments = [item.text or "" for item in line.iterfind(f"{RSP}Arguments")] if line is not None else []
                shell.command(command_id.upper(), arguments)
                return f"<rsp:CommandResponse><rsp:CommandId>{command_id.upper()}</rsp:CommandId></rsp:CommandResponse>"
            case "Send":
                for stream in request.body.iterfind(f"{RSP}Send/{RSP}Stream"):
                    shell.send((stream.get("CommandId") or "").upper(), _decode(stream.text))
                return "<rsp:SendResponse/>"
            case "Signal":
                signal = request.body.find(f"{RSP}Signal")
                if signal is not None:
                    shell.signal((signal.get("CommandId") or "").upper(), signal.findtext(f"{RSP}Code") or "")
                return "<rsp:SignalResponse/>"
            case "Delete":
                del self._shells[shell.id]
                shell.close()
                return ""
            case "Get":
                return _describe(shell, self._client)
            case _:
                return f"<rsp:{request.verb}Response/>"


async def _receive(shell: Shell, request: Request) -> str:
    stream = request.body.find(f"{RSP}Receive/{RSP}DesiredStream")
    command_id = (stream.get("CommandId") or "").upper() if stream is not None else ""
    message_id, text = shell.answered.get(command_id, ("", ""))
    if message_id == request.message_id:
        return text
    fragments, last = await shell.receive(command_id, request.timeout)
    attribute = f' CommandId="{command_id}"' if command_id else ""
    body = "".join(
        f'<rsp:Stream Name="stdout"{attribute}>{base64.b64encode(fragment).decode()}</rsp:Stream>'
        for fragment in fragments
    )
    if command_id and last:
        body += (
            f'<rsp:CommandState{attribute} State="{soap.SHELL_URI}/CommandState/Done">'
            "<rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>"
        )
    body = f"<rsp:ReceiveResponse>{body}</rsp:ReceiveResponse>"
    text = answer(f"{request.action}Response", request.message_id, body)
    shell.answered[command_id] = (request.message_id, text)
    return text


def _decode(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "")
    except binascii.Error:
        raise WsmanFault(87, "w:InvalidParameter", "The parameter is incorrect. ") from None


def _describe(shell: Shell, client: str) -> str:
    uri = escape(soap.POWERSHELL_URI + shell.configuration)
    return (
        f"<rsp:Shell><rsp:ShellId>{shell.id}</rsp:ShellId><rsp:ResourceUri>{uri}</rsp:ResourceUri>"
        f"<rsp:Owner>{escape(shell.user)}</rsp:Owner><rsp:ClientIP>{client}</rsp:ClientIP>"
        "<rsp:ProcessId>4242</rsp:ProcessId><rsp:IdleTimeOut>PT7200.000S</rsp:IdleTimeOut>"
        "<rsp:InputStreams>stdin pr</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams>"
        "<rsp:MaxIdleTimeOut>PT2147483.647S</rsp:MaxIdleTimeOut><rsp:Locale>en-US</rsp:Locale>"
        "<rsp:DataLocale>en-US</rsp:DataLocale><rsp:CompressionMode>NoCompression</rsp:CompressionMode>"
        "<rsp:ProfileLoaded>Yes</rsp:ProfileLoaded><rsp:Encoding>UTF8</rsp:Encoding>"
        "<rsp:BufferMode>Block</rsp:BufferMode><rsp:State>Connected</rsp:State>"
        "<rsp:ShellRunTime>P0DT0H0M0S</rsp:ShellRunTime><rsp:ShellInactivity>P0DT0H0M0S</rsp:ShellInactivity></rsp:Shell>"
    )
