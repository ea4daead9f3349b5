"""The in-memory network of one event loop: who listens where, and how a client reaches it.

`MemoryNetwork(loop).install()` replaces the loop's `create_server` and `create_connection`, which
is all that an asyncio server needs to run unmodified where there are no sockets. One host, any
number of ports.
"""

import asyncio
import errno
from collections.abc import Callable
from typing import Any

from runnable.inmemory.network.transport import Address, MemorySocket, MemoryTransport

ProtocolFactory = Callable[[], asyncio.BaseProtocol]
FIRST_EPHEMERAL_PORT = 49152  # RFC 6335, section 6


class MemoryServer(asyncio.AbstractServer):
    """A listening port; asyncio's `Server` without a socket."""

    def __init__(
        self, network: "MemoryNetwork", address: Address, factory: ProtocolFactory
    ) -> None:
        self.network, self.address, self.factory = network, address, factory
        self.connections: set[MemoryTransport] = set()
        self._waiters: list[asyncio.Future[None]] = []
        self._forever: asyncio.Future[None] | None = None

    @property
    def sockets(self) -> tuple[MemorySocket, ...]:
        """The listening socket; empty once closed."""
        return (MemorySocket(self.address),) if self.is_serving() else ()

    def is_serving(self) -> bool:
        """Whether a client can connect."""
        return self.network.listening.get(self.address[1]) is self

    async def start_serving(self) -> None:
        """Nothing to do: a server listens from the start."""

    async def serve_forever(self) -> None:
        """Wait until cancelled, then close."""
        self._forever = self.network.loop.create_future()
        try:
            await self._forever
        finally:
            self.close()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop that this server belongs to."""
        return self.network.loop

    def close(self) -> None:
        """Stop listening; open connections go on."""
        if self.is_serving():
            del self.network.listening[self.address[1]]
        if self._forever is not None and not self._forever.done():
            self._forever.cancel()
        self._wake()

    def close_clients(self) -> None:
        """Close every connection."""
        for connection in tuple(self.connections):
            connection.close()

    def abort_clients(self) -> None:
        """Abort every connection."""
        for connection in tuple(self.connections):
            connection.abort()

    async def wait_closed(self) -> None:
        """Wait until the server is closed and its last connection has ended."""
        if self.is_serving() or self.connections:
            waiter = self.network.loop.create_future()
            self._waiters.append(waiter)
            await waiter

    def lost(self, connection: MemoryTransport) -> None:
        """Note that a connection has ended."""
        self.connections.discard(connection)
        self._wake()

    def _wake(self) -> None:
        if not (self.is_serving() or self.connections):
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiters.clear()


class MemoryNetwork:
    """Ports that listen, and connections between them, for one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.listening: dict[int, MemoryServer] = {}
        self._last_port = FIRST_EPHEMERAL_PORT - 1

    def install(self) -> "MemoryNetwork":
        """Make the loop's servers and connections go through this network."""
        self.loop.create_server = self.create_server  # type: ignore[method-assign, assignment]
        self.loop.create_connection = self.create_connection  # type: ignore[method-assign, assignment]
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
        **_: object,
    ) -> MemoryServer:
        """Listen on a port, as `loop.create_server` does; port 0 or None picks a free one.

        A socket stands for its own address.

        Raises:
            OSError: EADDRINUSE, where the port is taken.
            NotImplementedError: for TLS; there is no one on this network to hide from.
        """
        if ssl:
            raise NotImplementedError("TLS is not spoken on the in-memory network")
        if sock is not None:
            host, port = sock.getsockname()
        address = (host or "127.0.0.1", port or self._ephemeral_port())
        if address[1] in self.listening:
            raise OSError(
                errno.EADDRINUSE,
                f"error while attempting to bind on address {address!r}: address already in use",
            )
        server = self.listening[address[1]] = MemoryServer(self, address, protocol_factory)
        return server

    async def create_connection(
        self,
        protocol_factory: ProtocolFactory,
        host: str | None = None,
        port: int | None = None,
        **_: object,
    ) -> tuple[MemoryTransport, asyncio.BaseProtocol]:
        """Connect to a port, as `loop.create_connection` does.

        Raises:
            ConnectionRefusedError: where nothing listens on the port.
        """
        protocol = protocol_factory()
        return self.connect(protocol, port or 0, host=host or "127.0.0.1"), protocol

    def connect(
        self,
        protocol: asyncio.BaseProtocol,
        port: int,
        *,
        host: str = "127.0.0.1",
        immediate: bool = False,
    ) -> MemoryTransport:
        """Connect at once.

        Args:
            protocol: The client.
            port: Where the server listens.
            host: The server's name, for the error message.
            immediate: Whether the client receives inside the server's `write()`.

        Raises:
            ConnectionRefusedError: where nothing listens on the port.
        """
        server = self.listening.get(port)
        if server is None:
            raise ConnectionRefusedError(
                errno.ECONNREFUSED, f"Connect call failed ({host!r}, {port})"
            )
        here = ("127.0.0.1", self._ephemeral_port())
        near = MemoryTransport(self.loop, here, server.address)
        far = MemoryTransport(self.loop, server.address, here)
        near.peer, far.peer = far, near
        server_protocol: Any = server.factory()
        far.attach(server_protocol, on_lost=lambda: server.lost(far))
        near.attach(protocol, immediate=immediate)
        server.connections.add(far)
        server_protocol.connection_made(far)
        protocol.connection_made(near)
        return near
