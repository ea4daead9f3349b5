"""The in-memory network keeps asyncio's rules: tried on it, and on TCP where TCP can show them."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from helpers.patience import PATIENCE

from runnable.inmemory.network.ports import MemoryNetwork

HOST, PORT = "127.0.0.1", 0
Scene = Callable[[int, "Recorder"], Awaitable[Any]]


class Recorder(asyncio.Protocol):
    """The server's end: notes what happens to it."""

    def __init__(self, *, keep_open: bool = False) -> None:
        self.events: list[str] = []
        self.received = b""
        self.keep_open = keep_open
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.events.append("made")

    def data_received(self, data: bytes) -> None:
        self.received += data

    def eof_received(self) -> bool:
        self.events.append("eof")
        return self.keep_open

    def connection_lost(self, exc: Exception | None) -> None:
        self.events.append("lost" if exc is None else type(exc).__name__)
        self.lost.set_result(None)

    def pause_writing(self) -> None:
        self.events.append("pause")

    def resume_writing(self) -> None:
        self.events.append("resume")


async def play(scene: Scene, *, memory: bool, keep_open: bool = False) -> tuple[Any, list[str]]:
    """Connect a client of asyncio's streams to a Recorder, and play a scene."""
    loop = asyncio.get_running_loop()
    if memory:
        MemoryNetwork(loop).install()
    recorder = Recorder(keep_open=keep_open)
    async with asyncio.timeout(PATIENCE):
        server = await loop.create_server(lambda: recorder, HOST, PORT)
        result = await scene(server.sockets[0].getsockname()[1], recorder)
        server.close()
    return result, recorder.events


def on_both(scene: Scene, *, keep_open: bool = False) -> tuple[Any, list[str]]:
    """Play a scene on TCP and in memory; what happened must be the same."""
    tcp = asyncio.run(play(scene, memory=False, keep_open=keep_open))
    memory = asyncio.run(play(scene, memory=True, keep_open=keep_open))
    assert memory == tcp
    return memory


def test_half_close() -> None:
    async def scene(port: int, recorder: Recorder) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(b"all of it")
        writer.write_eof()
        while "eof" not in recorder.events:
            await asyncio.sleep(0.01)
        recorder.transport.write(b"an answer to " + recorder.received)
        recorder.transport.close()
        answer = await reader.read()
        writer.close()
        await recorder.lost
        return answer

    answer, events = on_both(scene, keep_open=True)
    assert answer == b"an answer to all of it"
    assert events == ["made", "eof", "lost"]


def test_a_protocol_that_does_not_keep_open_is_closed_at_the_end_of_file() -> None:
    async def scene(port: int, recorder: Recorder) -> bytes:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write_eof()
        answer = await reader.read()
        writer.close()
        await recorder.lost
        return answer

    assert on_both(scene) == (b"", ["made", "eof", "lost"])


def test_abort_resets_the_peer() -> None:
    async def scene(port: int, recorder: Recorder) -> str:
        reader, writer = await asyncio.open_connection(HOST, port)
        while not recorder.events:
            await asyncio.sleep(0)
        # Unread bytes make TCP answer an abort with a reset, not with an end of file.
        recorder.transport.pause_reading()
        writer.write(b"unread")
        await asyncio.sleep(0.05)
        recorder.transport.abort()
        await recorder.lost
        try:
            await reader.read()
        except ConnectionResetError as error:
            return f"{type(error).__name__} {error.errno}"
        finally:
            writer.close()
        return "no reset"

    assert on_both(scene)[0] == f"ConnectionResetError {errno.ECONNRESET}"


def test_reading_can_be_paused_and_resumed() -> None:
    async def scene(port: int, recorder: Recorder) -> tuple[bytes, bytes, bool]:
        _, writer = await asyncio.open_connection(HOST, port)
        while not recorder.events:
            await asyncio.sleep(0)
        recorder.transport.pause_reading()
        writer.write(b"one")
        await asyncio.sleep(0.05)
        before, reading = recorder.received, recorder.transport.is_reading()
        recorder.transport.resume_reading()
        await asyncio.sleep(0.05)
        writer.close()
        await recorder.lost
        return before, recorder.received, reading

    assert on_both(scene)[0] == (b"", b"one", False)


def test_a_writer_is_paused_until_the_reader_reads() -> None:
    size = 16 * 1024 * 1024  # more than the kernel's buffers hold

    async def scene(port: int, recorder: Recorder) -> int:
        reader, writer = await asyncio.open_connection(HOST, port)
        while not recorder.events:
            await asyncio.sleep(0)
        recorder.transport.write(b"." * size)
        recorder.transport.write(b"!")
        recorder.transport.write_eof()
        received = await reader.read()
        writer.close()
        await recorder.lost
        return len(received)

    received, events = on_both(scene)
    assert received == size + 1
    assert events[:3] == ["made", "pause", "resume"]


def test_a_port_that_is_taken() -> None:
    async def scene(port: int, recorder: Recorder) -> int | None:
        with pytest.raises(OSError, match="in use") as caught:
            await asyncio.get_running_loop().create_server(asyncio.Protocol, HOST, port)
        return caught.value.errno

    assert on_both(scene)[0] == errno.EADDRINUSE


def test_a_port_where_nobody_listens() -> None:
    async def scene(port: int, recorder: Recorder) -> int | None:
        with pytest.raises(ConnectionRefusedError) as caught:
            await asyncio.open_connection(HOST, 1)
        return caught.value.errno

    assert on_both(scene)[0] == errno.ECONNREFUSED


def unconnected() -> socket.socket:
    made = socket.socket()
    made.setblocking(False)
    return made


def test_a_socket_that_the_client_has_made() -> None:
    async def scene(port: int, recorder: Recorder) -> bytes:
        loop = asyncio.get_running_loop()
        made = unconnected()
        await loop.sock_connect(made, (HOST, port))
        _, writer = await asyncio.open_connection(sock=made)
        writer.write(b"hello")
        while recorder.received != b"hello":
            await asyncio.sleep(0.01)
        with unconnected() as other, pytest.raises(ConnectionRefusedError):
            await loop.sock_connect(other, (HOST, 1))
        writer.close()
        await recorder.lost
        return recorder.received

    assert on_both(scene)[0] == b"hello"


def test_a_server_waits_for_its_last_connection() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        MemoryNetwork(loop).install()
        recorder = Recorder()
        server = await loop.create_server(lambda: recorder, HOST, 80)
        _, writer = await asyncio.open_connection(HOST, 80)
        server.close()
        assert not server.is_serving()
        waiting = asyncio.ensure_future(server.wait_closed())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        writer.close()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(main())


def test_an_immediate_client_receives_inside_write() -> None:
    async def main() -> list[bytes]:
        loop = asyncio.get_running_loop()
        network = MemoryNetwork(loop).install()
        recorder = Recorder()
        await loop.create_server(lambda: recorder, HOST, 80)
        received: list[bytes] = []

        class Client(asyncio.Protocol):
            def data_received(self, data: bytes) -> None:
                received.append(data)

        network.connect(Client(), 80, immediate=True)
        recorder.transport.write(b"one")
        assert received == [b"one"]  # without a turn of the loop
        recorder.transport.write(b"two")
        return received

    assert asyncio.run(main()) == [b"one", b"two"]


def test_writing_to_a_closed_end_ends_the_connection() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        MemoryNetwork(loop).install()
        recorder = Recorder(keep_open=True)
        await loop.create_server(lambda: recorder, HOST, 80)
        _, writer = await asyncio.open_connection(HOST, 80)
        writer.close()
        await asyncio.sleep(0.01)
        recorder.transport.write(b"to nobody")
        await asyncio.wait_for(recorder.lost, 5)
        assert recorder.events == ["made", "eof", "ConnectionResetError"]

    asyncio.run(main())


def test_a_protocol_that_fails_loses_its_connection() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        MemoryNetwork(loop).install()
        errors: list[Any] = []
        loop.set_exception_handler(lambda _, context: errors.append(context["exception"]))

        class Fails(Recorder):
            def data_received(self, data: bytes) -> None:
                raise ValueError(data)

        fails = Fails()
        await loop.create_server(lambda: fails, HOST, 80)
        _, writer = await asyncio.open_connection(HOST, 80)
        writer.write(b"x")
        await asyncio.wait_for(fails.lost, 5)
        assert [type(error) for error in errors] == [ValueError]

    asyncio.run(main())


def test_tls_is_refused() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        MemoryNetwork(loop).install()
        with pytest.raises(NotImplementedError, match="TLS"):
            await loop.create_server(asyncio.Protocol, HOST, 80, ssl=object())  # type: ignore[arg-type]

    asyncio.run(main())
