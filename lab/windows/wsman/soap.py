"""WSMan envelopes and faults: reading requests, writing answers."""

from __future__ import annotations

import re
import uuid
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html import escape

S = "{http://www.w3.org/2003/05/soap-envelope}"
A = "{http://schemas.xmlsoap.org/ws/2004/08/addressing}"
W = "{http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd}"
RSP = "{http://schemas.microsoft.com/wbem/wsman/1/windows/shell}"
PSN = "{http://schemas.microsoft.com/powershell}"
SHELL_URI = RSP[1:-1]
POWERSHELL_URI = "http://schemas.microsoft.com/powershell/"
FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
CONTENT_TYPE = "application/soap+xml;charset=UTF-8"

_HEAD = (
    '<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" '
    'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" '
    'xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell" '
    'xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd">'
    "<s:Header><a:Action>{action}</a:Action><a:MessageID>uuid:{identity}</a:MessageID>"
    "<a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>"
    "<a:RelatesTo>{relates}</a:RelatesTo></s:Header><s:Body>"
)
IDENTIFY_RESPONSE = (
    '<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>'
    '<wsmid:IdentifyResponse xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">'
    "<wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</wsmid:ProtocolVersion>"
    "<wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor>"
    "<wsmid:ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0</wsmid:ProductVersion>"
    "</wsmid:IdentifyResponse></s:Body></s:Envelope>"
)


class WsmanFault(Exception):  # noqa: N818
    """A fault to be answered: number as in winerror/wsmerror, subcode, text."""

    def __init__(self, code: int, subcode: str, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.code, self.subcode, self.reason, self.detail = code, subcode, reason, detail


def access_denied() -> WsmanFault:
    """Return the fault of a user who may not do that."""
    return WsmanFault(5, "w:AccessDenied", "Access is denied. ")


def timed_out() -> WsmanFault:
    """Return the fault that ends a long poll without news."""
    return WsmanFault(
        2150858793,
        "w:TimedOut",
        "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.  ",
    )


def no_such_shell() -> WsmanFault:
    """Return the fault of a request to a shell that is gone."""
    return WsmanFault(
        2150858843,
        "w:InvalidSelectors",
        "The WS-Management service cannot process the request because the request contained invalid selectors "
        "for the resource. ",
        "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/UnexpectedSelectors",
    )


def no_such_command() -> WsmanFault:
    """Return the fault of a request to a command that is gone."""
    return WsmanFault(
        2150858843,
        "w:InvalidSelectors",
        "The parameter CommandId is invalid, the command does not exist in the shell. ",
    )


def no_such_resource(uri: str) -> WsmanFault:
    """Return the fault of an unknown session configuration (code and text: jborean93/pypsrp issues 41 and 47)."""
    return WsmanFault(
        2150858811,
        "a:DestinationUnreachable",
        f"The WS-Management service cannot process the request. The resource URI ({uri}) was not found in the "
        "WS-Management catalog. The catalog contains the metadata that describes resources, or logical endpoints. ",
    )


def too_many_shells(limit: int) -> WsmanFault:
    """Return the fault of a user who has all the shells allowed."""
    return WsmanFault(
        2150859173,
        "w:QuotaLimit",
        "The WS-Management service cannot process the request. This user is allowed a maximum number of "
        f"{limit} concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user. ",
    )


@dataclass(frozen=True)
class Request:
    """A request envelope, taken apart."""

    header: ET.Element
    body: ET.Element
    action: str
    message_id: str

    @classmethod
    def parse(cls, data: bytes) -> Request:
        """Read an envelope; ET.ParseError or ValueError when it is none."""
        envelope = ET.fromstring(data)
        header, body = envelope.find(f"{S}Header"), envelope.find(f"{S}Body")
        if header is None or body is None:
            raise ValueError("no SOAP envelope")
        action, message_id = header.findtext(f"{A}Action") or "", header.findtext(f"{A}MessageID") or ""
        return cls(header, body, action.strip(), message_id.strip())

    @property
    def verb(self) -> str:
        """Last word of the action: Create, Command, Receive ..."""
        return self.action.rsplit("/", 1)[-1]

    @property
    def resource(self) -> str:
        """The resource URI."""
        return (self.header.findtext(f"{W}ResourceURI") or "").strip()

    @property
    def shell_id(self) -> str:
        """The shell selected, upper case; empty if none is."""
        for selector in self.header.iterfind(f"{W}SelectorSet/{W}Selector"):
            if selector.get("Name") == "ShellId":
                return (selector.text or "").upper()
        return ""

    @property
    def timeout(self) -> float:
        """How long the client lets the operation take, in seconds."""
        text = (self.header.findtext(f"{W}OperationTimeout") or "").strip()
        match = re.fullmatch(r"PT(\d+(?:\.\d+)?)S", text)
        return float(match.group(1)) if match else 60.0


def answer(action: str, relates: str, body: str) -> str:
    """Return an answer envelope."""
    head = _HEAD.format(action=action, identity=str(uuid.uuid4()).upper(), relates=escape(relates))
    return f"{head}{body}</s:Body></s:Envelope>"


def fault(error: WsmanFault, relates: str, host: str) -> str:
    """Return a fault envelope, as `host` would send it."""
    side = "s:Receiver" if error.subcode in ("w:TimedOut", "w:InternalError") else "s:Sender"
    detail = f"<w:FaultDetail>{error.detail}</w:FaultDetail>" if error.detail else ""
    reason = escape(error.reason)
    return answer(
        FAULT_ACTION,
        relates,
        f"<s:Fault><s:Code><s:Value>{side}</s:Value><s:Subcode><s:Value>{error.subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{reason}</s:Text></s:Reason><s:Detail>{detail}'
        '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" '
        f'Code="{error.code}" Machine="{escape(host)}"><f:Message>{reason}</f:Message></f:WSManFault></s:Detail>'
        "</s:Fault>",
    )
