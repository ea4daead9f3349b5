"""A client's WebSocket (RFC 6455), by the library wsproto: it shows each frame that comes."""

import socket
from collections import deque
from collections.abc import Iterator
from typing import Self

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Event, Request
from wsproto.utilities import RemoteProtocolError

from helpers.patience import PATIENCE
from runnable.catalogue.servers import HOST
from runnable.harness.processes import RunningServer


class WebSocket:
    """A WebSocket that has been asked for, and perhaps refused."""

    def __init__(self, running: RunningServer, path: str, *subprotocols: str) -> None:
        self._socket = socket.create_connection((HOST, running.port), PATIENCE)
        self._connection = WSConnection(ConnectionType.CLIENT)
        self._events: deque[Event] = deque()
        self.send(Request(host="localhost", target=path, subprotocols=list(subprotocols)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, event: Event) -> None:
        """Send an event, and nothing else: pings and closing frames are not answered here."""
        self._socket.sendall(self._connection.send(event))

    def events(self) -> Iterator[Event]:
        """Give events as they come, up to the connection's end."""
        data = b"not yet"
        while True:
            while self._events:
                yield self._events.popleft()
            if not data:
                return
            try:
                data = self._socket.recv(65536)
                self._connection.receive_data(data or None)
            except (TimeoutError, ConnectionError, RemoteProtocolError):
                return
            self._events += self._connection.events()

    def next[E: Event](self, kind: type[E]) -> E | None:
        """Read up to an event of a class, and give it, if it comes."""
        return next((event for event in self.events() if isinstance(event, kind)), None)


def opened(running: RunningServer, path: str) -> WebSocket:
    """Give a WebSocket that the server has accepted."""
    websocket = WebSocket(running, path)
    assert websocket.next(AcceptConnection), f"{path} was not accepted"
    return websocket
