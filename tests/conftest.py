"""What holds in every test: nothing of the developer's environment is read, and no host but this one is reached."""

import ipaddress
import os
import socket
import sys
import time
from typing import Any

import pytest

os.environ.update(
    HF_HUB_OFFLINE="1",
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
    TZ="Pacific/Kiritimati",  # 14 hours ahead of UTC: whatever reads the local time is far off, on every machine alike
)
for name in [*os.environ]:
    if name.startswith(("MEM0G_", "OPENAI_")) or name in {"COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR"}:
        del os.environ[name]
time.tzset()


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _host_reached(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that an event of `socket` would reach; None where it stays on this machine, as a Unix socket does."""
    match event, arguments:
        case (("socket.connect" | "socket.sendto" | "socket.sendmsg"), (socket.SocketType(family=family), (host, *_))):
            return host if family in (socket.AF_INET, socket.AF_INET6) else None
        case (("socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr"), (host, *_)):
            return host
        case "socket.getnameinfo", ((host, *_),):
            return host
    return None


def _refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and not _is_here(host := _host_reached(event, arguments)):
        pytest.fail(f"a test reached for {host!r} ({event}): tests run without a network")


# An audit hook sees what patched methods do not: connect_ex, sendto, name resolution, sockets made in C, imports and threads. It cannot
# be taken off again. It does not follow into processes that a test starts.
sys.addaudithook(_refuse_other_hosts)
