"""What stands before a server on the network: it offers a certificate, or none as the server does."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import DATA

CERTIFICATE = DATA / "certificates" / "server.pem"
"""Of db.example.gov.cn, signed by itself; a hundred years."""
NAMED = "db.example.gov.cn"


@contextmanager
def door(inside: Path | None) -> Iterator[int]:
    """The port of a door: to the server whose socket is `inside`, or with the certificate and nobody."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_attend, args=(listening, inside), daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def _attend(listening: socket.socket, inside: Path | None) -> None:
    with contextlib.suppress(OSError):
        while True:
            come, _ = listening.accept()
            with contextlib.suppress(OSError), come:
                if inside is None:
                    _show_certificate(come)
                else:
                    _lead_in(come, inside)


def _show_certificate(come: socket.socket) -> None:
    come.recv(8)  # the request for encryption
    come.sendall(b"S")
    ways = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ways.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    with ways.wrap_socket(come, server_side=True) as within:
        within.recv(1)


def _lead_in(come: socket.socket, inside: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(str(inside))
        server.sendall(come.recv(4096))
        come.sendall(server.recv(4096))
        come.recv(1)
