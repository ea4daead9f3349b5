"""The in-memory network of one event loop: who listens where, and how a client reaches it.

The strategy: an asyncio server needs two methods of its loop, `create_server` and
`create_connection`; aiohttp's client, which makes its sockets itself, needs `sock_connect`.
`MemoryNetwork(loop).install()` replaces them, and the server runs unmodified where there are no
sockets. The server object that they give is asyncio's own `Server`; that asks its loop to start and
to stop serving a socket, so these two methods are replaced as well.

One host, any number of ports. A connection is two pipes and a transport at either end.
"""

import asyncio
import errno
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from runnable.inmemory.network.elsewhere import refuse_elsewhere
from runnable.inmemory.network.pipe import Pipe
from runnable.inmemory.network.sockets import Address, MemorySocket
from runnable.inmemory.network.transport import MemoryTransport
from runnable.inmemory.recording.recorder import WHERE, Recorder
from runnable.inmemory.recording.wire import record_connection

ProtocolFactory = Callable[[], asyncio.BaseProtocol]
HOST = "127.0.0.1"
FIRST_EPHEMERAL_PORT = 49152  # RFC 6335, section 6


class Listener(NamedTuple):
    """A server that serves, and what makes the protocol of each of its connections."""

    server: asyncio.Server
    protocol_factory: ProtocolFactory


class MemoryNetwork:
    """Ports that listen, and connections between them, for one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, recorder: Recorder | None = None) -> None:
        self.loop, self._recorder = loop, recorder
        self.listening: dict[int, Listener] = {}
        self._bound: set[int] = set()  # a server has its port before it serves
        # What a client's sockets have connected to, until create_connection() takes them.
        self._reached: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
        # asyncio.Server knows its connections weakly. Something must hold them, as a selector does.
        self._connections: set[MemoryTransport] = set()
        self._last_port = FIRST_EPHEMERAL_PORT - 1

    def install(self) -> "MemoryNetwork":
        """Make the loop's servers and connections go through this network."""
        loop: Any = self.loop
        loop.create_server, loop.create_connection = self.create_server, self.create_connection
        loop.sock_connect = self.sock_connect
        # What asyncio.Server calls; private names, the same since asyncio has a Server.
        loop._start_serving, loop._stop_serving = self._start_serving, self._stop_serving
        return self

    def _ephemeral_port(self) -> int:
        self._last_port += 1
        return self._last_port

    async def create_server(
        self,
        protocol_factory: ProtocolFactory,
        host: str | None = None,
        port: int | None = None,
        *,
        ssl: object = None,
        sock: MemorySocket | None = None,
        start_serving: bool = True,
        **_: object,
    ) -> asyncio.Server:
        """Take a port, and listen there, as `loop.create_server` does.

        Args:
            protocol_factory: What makes the protocol of each connection.
            host: Any name, for there is one host.
            port: 0 or None picks a free one.
            ssl: Must be unset; there is no one on this network to hide from.
            sock: Stands for its own address.
            start_serving: Whether to listen now, or only at the server's `start_serving()`.

        Raises:
            OSError: EADDRINUSE, where the port is taken.
            NotImplementedError: for TLS.
        """
        refuse_tls(ssl)
        if sock is None:
            sock = MemorySocket((host or HOST, port or self._ephemeral_port()))
        address = sock.getsockname()
        if address[1] in self._bound:
            raise OSError(
                errno.EADDRINUSE,
                f"error while attempting to bind on address {address!r}: address already in use",
            )
        self._bound.add(address[1])
        sockets: list[Any] = [sock]
        server = asyncio.Server(self.loop, sockets, protocol_factory, None, 100, None)
        if start_serving:
            await server.start_serving()
        return server

    def _start_serving(
        self,
        protocol_factory: ProtocolFactory,
        sock: MemorySocket,
        _ssl: None,
        server: asyncio.Server,
        *_: object,
    ) -> None:
        self.listening[sock.getsockname()[1]] = Listener(server, protocol_factory)

    def _stop_serving(self, sock: MemorySocket) -> None:
        port = sock.getsockname()[1]
        self.listening.pop(port, None)
        self._bound.discard(port)

    async def create_connection(
        self,
        protocol_factory: ProtocolFactory,
        host: str | None = None,
        port: int | None = None,
        *,
        ssl: object = None,
        sock: Any = None,
        **_: object,
    ) -> tuple[MemoryTransport, asyncio.BaseProtocol]:
        """Connect to a port, as `loop.create_connection` does.

        Args:
            protocol_factory: What makes the client's protocol.
            host: This host, by a name or an address of its own.
            port: Where the server listens.
            ssl: Must be unset, as in `create_server`.
            sock: In place of host and port: what `sock_connect` has connected. It carries no bytes.

        Raises:
            ConnectionRefusedError: where nothing listens on the port.
            OSError: where the host is not this one, see elsewhere.py.
            NotImplementedError: for TLS.
        """
        refuse_elsewhere(host)
        refuse_tls(ssl)
        if sock is not None:
            port = self._reached.pop(sock)
            sock.close()
        protocol = protocol_factory()
        return self.connect(protocol, port or 0, host=host or HOST), protocol

    async def sock_connect(self, sock: Any, address: Any) -> None:
        """Connect a socket that `create_connection` will be given, as `loop.sock_connect` does.

        Raises:
            ConnectionRefusedError: where nothing listens on the port.
            OSError: where the host is not this one, see elsewhere.py.
        """
        host, port = address[:2] if isinstance(address, tuple) else (HOST, address)
        refuse_elsewhere(host)
        if port not in self.listening:
            raise refused(host, port)
        self._reached[sock] = port

    def connect(
        self,
        protocol: asyncio.BaseProtocol,
        port: int,
        *,
        host: str = HOST,
        immediate: bool = False,
        client: int | None = None,
    ) -> MemoryTransport:
        """Connect at once.

        Args:
            protocol: The client.
            port: Where the server listens.
            host: The server's name, for the error message.
            immediate: Whether the client receives inside the server's `write()`.
            client: The page's name for the request or WebSocket, for the recorder.

        Raises:
            ConnectionRefusedError: where nothing listens on the port.
        """
        if port not in self.listening:
            raise refused(host, port)
        server, protocol_factory = self.listening[port]
        here, there = (HOST, self._ephemeral_port()), server.sockets[0].getsockname()
        to_server, to_client = Pipe(), Pipe()

        context = copy_context()
        note_end: Callable[[bool], None] | None = None
        if self._recorder is not None:
            where, note_end = record_connection(
                self._recorder, to_server, to_client, here[1], client
            )
            context.run(WHERE.set, where)

        def lost(transport: MemoryTransport) -> None:
            if note_end is not None:
                note_end(transport.reset_by_peer)
            self._connections.discard(transport)
            server._detach(transport)  # type: ignore[attr-defined]

        far = MemoryTransport(
            self.loop,
            protocol_factory(),
            incoming=to_server,
            outgoing=to_client,
            extra=names(there, here),
            on_lost=lost,
            context=context,
        )
        near = MemoryTransport(
            self.loop,
            protocol,
            incoming=to_client,
            outgoing=to_server,
            extra=names(here, there),
            immediate=immediate,
        )
        self._connections.add(far)
        server._attach(far)  # type: ignore[attr-defined]
        context.run(far.get_protocol().connection_made, far)
        protocol.connection_made(near)
        return near


def names(local: Address, remote: Address) -> dict[str, Any]:
    """What `get_extra_info` of a TCP transport gives."""
    return {"sockname": local, "peername": remote, "socket": MemorySocket(local, remote)}


def refused(host: object, port: object) -> ConnectionRefusedError:
    """The error of an event loop where nobody listens."""
    return ConnectionRefusedError(errno.ECONNREFUSED, f"Connect call failed ({host!r}, {port})")


def refuse_tls(ssl: object) -> None:
    """Raise NotImplementedError where TLS is asked for."""
    if ssl:
        raise NotImplementedError("TLS is not spoken on the in-memory network")
