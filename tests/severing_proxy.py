"""A proxy before a PostgreSQL server that cuts a connection at the worst moment: the answer to a commit gets lost."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

SOCKET = ".s.PGSQL.5432"
READY = b"Z\x00\x00\x00\x05I"
"""The end of an answer, outside a transaction: what was asked is durable, or undone."""


class SeveringProxy:
    """Passes everything on; `sever` arms it for one connection.

    Attributes:
        url: Leads to the same database, by way of the proxy.
    """

    def __init__(self, url: str, folder: Path) -> None:
        """Take the URL of a database on a server with a socket, and a folder with a short name."""
        parts = urlsplit(url)
        self._server = parse_qs(parts.query)["host"][0]
        self.url = parts._replace(query=f"host={quote(str(folder), safe='')}").geturl()
        self._armed = ""
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / SOCKET))
        self._door.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def sever(self, when: str) -> None:
        """Cut the next connection that asks something: `before` the server hears of it, or `after` it has done it."""
        self._armed = when

    def close(self) -> None:
        """Let nobody in any more."""
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(Path(self._server) / SOCKET))
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while asked := client.recv(65536):
                if self._armed == "before":
                    self._cut(client, server)
                    return
                server.sendall(asked)
        self._shut(server)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while told := server.recv(65536):
                if self._armed == "after" and told.endswith(READY):
                    self._cut(client, server)
                    return
                client.sendall(told)
        self._shut(client)

    def _cut(self, client: socket.socket, server: socket.socket) -> None:
        self._armed = ""
        self._shut(client)
        self._shut(server)

    def _shut(self, end: socket.socket) -> None:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def severing_proxy(url: str, folder: Path) -> Iterator[SeveringProxy]:
    """Lend a proxy before the database at *url*."""
    proxy = SeveringProxy(url, folder)
    try:
        yield proxy
    finally:
        proxy.close()
