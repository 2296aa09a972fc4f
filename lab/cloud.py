"""A TLS server that answers any request with an empty page and a Date header: it stands for an internet endpoint.

python -m lab.cloud ADDRESS:PORT CERTIFICATE KEY
"""

from __future__ import annotations

import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Quiet(BaseHTTPRequestHandler):
    """Answers 200 to HEAD and GET."""

    timeout = 10

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class TlsServer(ThreadingHTTPServer):
    """Shakes hands in the connection's own thread, so that a silent client holds up nobody."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], context: ssl.SSLContext) -> None:
        super().__init__(address, Quiet)
        self.context = context

    def finish_request(self, request: object, client_address: object) -> None:
        try:
            request.settimeout(10)  # type: ignore[attr-defined]
            super().finish_request(self.context.wrap_socket(request, server_side=True), client_address)  # type: ignore[arg-type]
        except OSError:
            return  # a probe that connects and goes away


def main() -> None:
    place, certificate, key = sys.argv[1:]
    address, _, port = place.rpartition(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = TlsServer((address, int(port)), context)
    print(f"ready {place}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
