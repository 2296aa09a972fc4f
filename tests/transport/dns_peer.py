"""A DNS server on loopback, UDP and TCP, that answers what a test tells it and remembers what it was asked."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from scanner.estate.access import Names

Records = Mapping[tuple[str, str], Sequence[str]]
"""Texts of the records by name and type: ("dc1.corp.example", "A"): ["127.0.0.1"]."""


@dataclass(slots=True)
class Dns:
    """Where it is, and every name it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)

    @property
    def names(self) -> Names:
        return Names(servers=(self.address,), lifetime=15.0)


@contextmanager
def dns_server(address: str, records: Records) -> Iterator[Dns]:
    """Serve these records; only root may hold the port."""
    heard = Dns(address)

    def answer(wire: bytes, limit: int) -> bytes:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        heard.asked.append(name)
        reply = dns.message.make_response(query, recursion_available=True)
        for alias in records.get((name, "CNAME"), ()):
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "CNAME", alias))
            for text in records.get((alias.rstrip("."), kind), ()):
                reply.answer.append(dns.rrset.from_text(alias, 60, "IN", kind, text))
        found = records.get((name, kind))
        if found:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(known == name for known, _ in records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        whole = reply.to_wire(max_size=65535)
        if len(whole) <= limit:
            return whole
        short = dns.message.make_response(query)
        short.flags |= dns.flags.TC
        return short.to_wire()

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            sock.sendto(answer(data, 1232), self.client_address)

    class Stream(socketserver.TCPServer):
        allow_reuse_address = True  # the server before may have left connections to time out

    class Connection(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            size = int.from_bytes(self.rfile.read(2), "big")
            reply = answer(self.rfile.read(size), 65535)
            self.wfile.write(len(reply).to_bytes(2, "big") + reply)

    servers: list[socketserver.BaseServer] = []
    try:
        servers.append(socketserver.UDPServer((address, 53), Datagram))
        servers.append(Stream((address, 53), Connection))
    except OSError as error:
        for server in servers:
            server.server_close()
        pytest.skip(f"no port 53 for a DNS server: {error.strerror}")
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,)) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield heard
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()
