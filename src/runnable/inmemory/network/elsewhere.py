"""All other hosts: there are none. Asking for one fails as on a machine without a network.

A browser's Python has sockets that pretend: they take any name, and "connect" to it by a WebSocket.
So `socket` and the event loop are given functions that answer what a system without a network
answers. `asyncio`, `http.client`, `urllib` and `ssl` all go through these. A name is unknown, an
address is unreachable. This host's own ports are those of the in-memory network: the event loop
connects to them (ports.py), a blocking socket cannot.
"""

import errno
import ipaddress
import os
import socket
from collections.abc import Callable
from typing import Any

HERE = ("", "localhost")
WAITS_FOR_EVER = (
    "a blocking connection to the server that runs here would wait for ever: "
    "it answers only when this returns"
)


def refuse_elsewhere(host: Any) -> None:
    """Do nothing where a host is this one.

    Raises:
        socket.gaierror: for the name of another.
        OSError: ENETUNREACH, for the address of another.
    """
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else host
    if name is None or name in HERE:
        return
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None
    if not (address.is_loopback or address.is_unspecified):
        raise error_of(errno.ENETUNREACH)


def error_of(number: int) -> OSError:
    """The error that a call of the system gives."""
    return OSError(number, os.strerror(number))


def install(loop: Any, listens: Callable[[int], bool]) -> None:
    """Have `socket` and an event loop refuse what is not here.

    Args:
        loop: The event loop.
        listens: Whether a port of the in-memory network is listened on.
    """

    def refuse(address: Any) -> None:
        if not isinstance(address, tuple):  # of a UNIX domain socket
            raise error_of(errno.ECONNREFUSED)
        host, port = address[:2]
        refuse_elsewhere(host)
        if listens(port):
            raise TimeoutError(errno.ETIMEDOUT, WAITS_FOR_EVER)
        raise error_of(errno.ECONNREFUSED)

    def connect(_: socket.socket, address: Any, /) -> None:
        refuse(address)

    def connect_ex(_: socket.socket, address: Any, /) -> int:
        try:
            refuse(address)
        except socket.gaierror:
            raise
        except OSError as error:
            return error.errno or 0
        return 0

    def sendto(_: socket.socket, data: Any, /, *flags_and_address: Any) -> int:
        refuse(flags_and_address[-1])
        return len(data)

    methods = {"connect": connect, "connect_ex": connect_ex, "sendto": sendto}
    for name, method in methods.items():
        setattr(socket.socket, name, method)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        setattr(socket, name, only_here(getattr(socket, name)))

    async def getaddrinfo(host: Any, port: Any, **hints: Any) -> Any:
        return socket.getaddrinfo(host, port, **hints)

    loop.getaddrinfo = getaddrinfo


def only_here[**P, T](resolve: Callable[P, T]) -> Callable[P, T]:
    """A function that looks a host up, and knows this one alone."""

    def resolve_here(*args: P.args, **kwargs: P.kwargs) -> T:
        refuse_elsewhere(args[0] if args else kwargs.get("host"))
        return resolve(*args, **kwargs)

    return resolve_here
