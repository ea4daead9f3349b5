"""Which servers speak HTTP/3 (RFC 9114), and what of ASGI's extensions over it."""

import asyncio
import json
import socket
from typing import Any

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DataReceived, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import QuicEvent
from helpers.capabilities.expectations import Record
from helpers.capabilities.features import authority
from helpers.capabilities.keeper import Keeper
from helpers.patience import PATIENCE

from runnable.catalogue.servers import HOST, ServerSpec
from runnable.harness.processes import RunningServer


class Http3Client(QuicConnectionProtocol):
    """Sends one request, and keeps what comes."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._http = H3Connection(self._quic)
        self._ended = asyncio.Event()
        self.heads: list[dict[str, str]] = []
        self.body = b""

    def quic_event_received(self, event: QuicEvent) -> None:
        for part in self._http.handle_event(event):
            match part:
                case HeadersReceived(headers=headers):
                    self.heads.append({k.decode(): v.decode() for k, v in headers})
                case DataReceived(data=data):
                    self.body += data
            if getattr(part, "stream_ended", False):
                self._ended.set()

    async def get(self, path: str, running: RunningServer) -> bool:
        """Send a request; tell whether its answer has ended when nothing is left to do."""
        stream = self._quic.get_next_available_stream_id()
        head = {":method": "GET", ":scheme": "https", ":authority": "localhost", ":path": path}
        fields = [(k.encode(), v.encode()) for k, v in (head | {"te": "trailers"}).items()]
        self._http.send_headers(stream, fields, end_stream=True)
        self.transmit()
        await asyncio.to_thread(running.wait_until_idle, self._ended.is_set)
        await asyncio.sleep(0.01)  # let the loop read what has come
        return self._ended.is_set()


def get(running: RunningServer, path: str) -> tuple[bool, Http3Client]:
    """Ask for a path over HTTP/3: tell whether the answer came to its end, and give all of it."""

    async def talk() -> tuple[bool, Http3Client]:
        configuration = QuicConfiguration(alpn_protocols=H3_ALPN, server_name="localhost")
        configuration.load_verify_locations(cadata=authority().cert_pem.bytes())
        async with connect(
            HOST, running.port, configuration=configuration, create_protocol=Http3Client
        ) as client:
            assert isinstance(client, Http3Client)
            return await client.get(path, running), client

    return asyncio.run(talk())


def declared(running: RunningServer, extension: str) -> bool:
    """Whether the server tells the application of an extension, as it has to."""
    found: list[str] = json.loads(get(running, "/scope")[1].body)["extensions"]
    return extension in found


def answers_by_udp(running: RunningServer) -> bool:
    """Whether anybody takes datagrams on the server's port, which HTTP/3 comes in."""
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        datagrams.settimeout(PATIENCE)
        datagrams.connect((HOST, running.port))
        datagrams.send(b"anybody?")
        try:
            datagrams.recv(1)
        except ConnectionRefusedError:
            return False
        except TimeoutError:
            pass
        return True


def test_http3(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "http3" not in server.features:
        assert not answers_by_udp(keeper.boot(server))
        record("no", "no option for it, and no UDP port")
        return
    ended, client = get(keeper.boot(server, "https", "http3"), "/")
    answered = ended and client.body == b"hello"
    status = client.heads[0][":status"] if client.heads else "none"
    option = server.features["http3"].options[0]
    record("partly" if answered else "no", f"status {status} with {option}")


def test_trailers_over_http3(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "http3" not in server.features:
        record("no", "no HTTP/3")
        return
    running = keeper.boot(server, "https", "http3")
    assert declared(running, "http.response.trailers")
    ended, client = get(running, "/trailers")
    came = client.heads[-1].get("x-checksum")
    evidence = f"x-checksum: {came}; {'complete' if ended else 'the stream never ends'}"
    record("partly" if ended and came == "42" else "no", evidence)


def test_early_hints_over_http3(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "http3" not in server.features:
        record("no", "no HTTP/3")
        return
    running = keeper.boot(server, "https", "http3")
    assert declared(running, "http.response.early_hint")
    _, client = get(running, "/early-hint")
    statuses = [head[":status"] for head in client.heads]
    record("partly" if statuses == ["103", "200"] else "no", f"statuses {statuses}")
