"""A wire to a server, as a test wants it: it is cut at a certain word, or after a commit whose answer never arrives, or is down."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""A whole Bolt message: chunk of 2 bytes, structure without fields, signature 0x12, end. See neo4j.com/docs/bolt/current."""


class Wire:
    """Listens on loopback, and passes on what is said between its callers and the server.

    Args:
        uri: of the server.

    Attributes:
        cuts: how often it cut a connection.
    """

    def __init__(self, uri: str) -> None:
        self._server = urlsplit(uri)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._port = self._listening.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._unanswered: set[socket.socket] = set()
        self._before = self._within = b""
        self._down = False
        self.cuts = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self._hang_up(*self._open)

    def of(self, uri: str) -> str:
        """The same address, by way of this wire."""
        parts = urlsplit(uri)
        return parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{self._port}").geturl()

    def cut_at(self, word: bytes) -> None:
        """Once, when a caller says this; the server does not hear it."""
        self._before = word

    def cut_after_commit(self, of: bytes) -> None:
        """Once, after a transaction in which a caller said this: the server has committed it, and its answer is lost."""
        self._within = of

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody gets through."""
        self._down = True
        self._hang_up(*self._open)
        yield
        self._down = False

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                if self._down:
                    caller.close()
                    continue
                server = socket.create_connection((str(self._server.hostname), self._server.port or 7687))
                self._open |= {caller, server}
                threading.Thread(target=self._pass_on, args=[caller, server], daemon=True).start()
                threading.Thread(target=self._answer, args=[server, caller], daemon=True).start()

    def _pass_on(self, caller: socket.socket, server: socket.socket) -> None:
        """What the caller says, up to where it is cut."""
        within = False
        for said in heard(caller):
            if self._before and self._before in said:
                self._before = b""
                self.cuts += 1
                break
            within |= bool(self._within) and self._within in said
            if within and COMMIT in said:
                self._within = b""
                self._unanswered.add(server)
            if not told(server, said):
                break
        self._hang_up(caller, server)

    def _answer(self, server: socket.socket, caller: socket.socket) -> None:
        """What the server says, up to where it is not to be heard."""
        for said in heard(server):
            if server in self._unanswered:
                self.cuts += 1
                break
            if not told(caller, said):
                break
        self._hang_up(caller, server)

    def _hang_up(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open -= {*ends}


def heard(end: socket.socket) -> Iterator[bytes]:
    """What comes in, until the connection ends."""
    with suppress(OSError):
        while said := end.recv(65536):
            yield said


def told(end: socket.socket, said: bytes) -> bool:
    """Whether it could be said: the connection may have been cut meanwhile."""
    try:
        end.sendall(said)
    except OSError:
        return False
    return True
