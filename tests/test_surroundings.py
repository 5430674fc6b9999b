"""The tests themselves: no host but this one is reached, and the developer's environment is not read."""

import _socket
import asyncio
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from mem0g.settings import Settings

ELSEWHERE = ("192.0.2.1", 443)  # an address kept for documentation: nobody answers there
Refused = pytest.fail.Exception


async def open_connection() -> None:
    await asyncio.open_connection(*ELSEWHERE)


def connect_in_c() -> None:
    plain = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    try:
        plain.connect(ELSEWHERE)
    finally:
        plain.close()


def with_socket(use: Callable[[socket.socket], object], kind: int = socket.SOCK_STREAM) -> None:
    with socket.socket(type=kind) as opened:
        use(opened)


WAYS_OUT: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.create_connection(ELSEWHERE, timeout=1),
    "connect_ex": lambda: with_socket(lambda opened: opened.connect_ex(ELSEWHERE)),
    "sendto": lambda: with_socket(lambda opened: opened.sendto(b"", ELSEWHERE), socket.SOCK_DGRAM),
    "sendmsg": lambda: with_socket(lambda opened: opened.sendmsg([b""], [], 0, ELSEWHERE), socket.SOCK_DGRAM),
    "a socket made in C": connect_in_c,
    "asyncio": lambda: asyncio.run(open_connection()),
    "getaddrinfo": lambda: socket.getaddrinfo("example.org", 443),
    "gethostbyname": lambda: socket.gethostbyname("example.org"),
    "gethostbyaddr": lambda: socket.gethostbyaddr(ELSEWHERE[0]),
    "getnameinfo": lambda: socket.getnameinfo(ELSEWHERE, 0),
}


@pytest.mark.parametrize("way", WAYS_OUT.values(), ids=WAYS_OUT)
def test_no_other_host_is_reached(way: Callable[[], object]) -> None:
    with pytest.raises(Refused, match=r"a test reached for '(192\.0\.2\.1|example\.org)'"):
        way()


def test_nor_from_a_thread() -> None:
    with ThreadPoolExecutor(1) as threads, pytest.raises(Refused):
        threads.submit(socket.create_connection, ELSEWHERE, 1).result()


def test_this_host_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_the_environment_of_the_developer_is_not_read() -> None:
    assert Settings.from_environment() == Settings()
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["OMP_NUM_THREADS"] == "1"
