"""What measuring takes: a connection that tells when what arrived, and what servers are asked."""

import select
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

import h11

from helpers.capabilities.expectations import HERE
from helpers.patience import PATIENCE, wait_until
from runnable.catalogue.examples import Example, load_example
from runnable.catalogue.servers import HOST, ServerSpec
from runnable.harness.processes import RunningServer

# What a proxy would say of a client; and the address of one that no server is told to trust.
FORWARDED = ("X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https")
STRANGER = "127.0.0.2"


def application(name: str) -> Example:
    """Give one of tests/capabilities/applications, such as "wsgi"."""
    return load_example(HERE / f"applications/{name}_app.py")


def application_of(server: ServerSpec) -> Example:
    """Give the application that a server takes."""
    return application(server.framework or server.interface.lower())


def ways(server: ServerSpec, *given: str, more: str) -> list[tuple[str, ...]]:
    """The sets of features to try: those given, then one more, where it takes an option."""
    return [given, (*given, more)] if options(server, more) else [given]


def options(server: ServerSpec, *features: str) -> str:
    """The options of some features, as typed."""
    known = [server.features[feature] for feature in features if feature in server.features]
    return " ".join(option for feature in known for option in feature.options)


@dataclass(frozen=True)
class OnUnixSocket(RunningServer):
    """A server that is asked by a Unix socket.

    Attributes:
        socket_path: The socket.
    """

    socket_path: Path


@dataclass
class Answer:
    """An answer, as it came.

    Attributes:
        status: Its status; 0 where none came.
        headers: Its headers, their names in small letters.
        interim: The statuses before it, such as 100.
        blocks: Its body: what each read brought, with its time.
        trailers: The headers that came after the body.
        end: How it ended: complete, by a connection cut before that, or not (late).
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    interim: list[int] = field(default_factory=list)
    blocks: list[tuple[float, bytes]] = field(default_factory=list)
    trailers: dict[str, str] = field(default_factory=dict)
    end: Literal["complete", "cut", "late"] = "late"

    @property
    def body(self) -> bytes:
        """All of the body that came."""
        return b"".join(block for _, block in self.blocks)

    @property
    def spread(self) -> float:
        """The seconds from the body's first block to its last."""
        return self.blocks[-1][0] - self.blocks[0][0] if self.blocks else 0.0


class Connection:
    """A connection to a server: takes any bytes, and parses answers with h11."""

    def __init__(self, running: RunningServer, source: str = HOST) -> None:
        if isinstance(running, OnUnixSocket):
            self._socket = _by_path(running.socket_path)
        else:
            self._socket = socket.create_connection(
                (HOST, running.port), timeout=PATIENCE, source_address=(source, 0)
            )
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._socket.sendall(data)

    def request(self, path: str, *headers: str, method: str = "GET", body: bytes = b"") -> None:
        """Send a request: its head with these header lines, and the body."""
        head = (f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", "")
        self.send("\r\n".join(head).encode() + body)

    def has_news(self) -> bool:
        """Whether there is something to read, or the connection has ended."""
        return bool(select.select([self._socket], [], [], 0)[0])

    def rest(self) -> bytes:
        """Read all that comes up to the connection's end, as it comes."""
        came = b""
        while block := self._socket.recv(65536):
            came += block
        return came

    def answer(
        self,
        *,
        interim: bool = False,
        blocks: int | None = None,
        unless_idle: RunningServer | None = None,
    ) -> Answer:
        """Read the next answer: all of it, one before it (100), or so many blocks of its body.

        Args:
            interim: Read the head of one that comes before the answer, such as 100.
            blocks: Read no more than so many blocks of the body.
            unless_idle: The server: give up when it has nothing left to do.
        """
        answer = Answer()
        parser = h11.Connection(h11.CLIENT)
        # h11 wants to have sent what is answered; the method decides on the body alone
        parser.send(h11.Request(method="GET", target="/", headers=[("Host", "localhost")]))
        parser.send(h11.EndOfMessage())
        if self._rest:
            parser.receive_data(self._rest)
            self._rest = b""
        deadline = time.monotonic() + PATIENCE
        try:
            while blocks is None or len(answer.blocks) < blocks:
                event = parser.next_event()
                match event:
                    case h11.NEED_DATA:
                        if unless_idle and unless_idle.wait_until_idle(unless=self.has_news):
                            break
                        self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
                        parser.receive_data(self._socket.recv(65536))
                    case h11.InformationalResponse():
                        answer.interim.append(event.status_code)
                        if interim:
                            break
                    case h11.Response():
                        answer.status = event.status_code
                        answer.headers = {k.decode(): v.decode() for k, v in event.headers}
                    case h11.Data():
                        answer.blocks.append((time.monotonic(), bytes(event.data)))
                    case h11.EndOfMessage():
                        answer.end = "complete"
                        answer.trailers = {k.decode(): v.decode() for k, v in event.headers}
                        self._rest = parser.trailing_data[0]
                        break
                    case _:
                        answer.end = "cut"
                        break
        except TimeoutError:
            pass
        except (h11.RemoteProtocolError, ConnectionError):
            answer.end = "cut"
        return answer


def _by_path(path: Path) -> socket.socket:
    """Connect to a Unix socket."""
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(PATIENCE)
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def ask(
    running: RunningServer, path: str, *headers: str, method: str = "GET", source: str = HOST
) -> Answer:
    """Send one request on a connection of its own, and read its answer."""
    with Connection(running, source) as connection:
        connection.request(path, "Connection: close", *headers, method=method)
        return connection.answer()


def wait_for_line(running: RunningServer, start: str) -> str:
    """Wait until a server has logged a line that holds `start`; give the rest, or nothing."""

    def lines() -> list[str]:
        return [line for line in running.log().splitlines() if start in line]

    return lines()[0].partition(start)[2].strip() if wait_until(lines) else ""


def summary(answer: Answer) -> str:
    """What came, in short."""
    if answer.status:
        return f"status {answer.status}"
    return {"late": "no answer", "cut": "connection closed", "complete": ""}[answer.end]
