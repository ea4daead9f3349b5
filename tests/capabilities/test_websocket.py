"""What ASGI servers do with a WebSocket: its opening, its pings, its end on either side."""

from helpers.capabilities.expectations import Record
from helpers.capabilities.keeper import Keeper
from helpers.capabilities.measuring import wait_for_line
from helpers.capabilities.websocket_connection import WebSocket, opened
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Ping,
    Pong,
    RejectConnection,
    RejectData,
    TextMessage,
)

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer


def test_websocket_echo(running: RunningServer, record: Record) -> None:
    with opened(running, "/echoes") as websocket:
        websocket.send(TextMessage(data="hello"))
        message = websocket.next(TextMessage)
    said = message.data if message else "nothing"
    record("yes" if said == "hello" else "no", f"came back: {said}")


def test_websocket_subprotocol(running: RunningServer, record: Record) -> None:
    with WebSocket(running, "/subprotocol", "one", "two") as websocket:
        accepted = websocket.next(AcceptConnection)
    chosen = accepted.subprotocol if accepted else None
    record("yes" if chosen == "two" else "no", f"offered one, two; accepted {chosen}")


def test_websocket_denial(running: RunningServer, record: Record) -> None:
    with WebSocket(running, "/deny") as websocket:
        refusal = websocket.next(RejectConnection)
        assert refusal
        body, last = b"", not refusal.has_body
        while not last and (part := websocket.next(RejectData)):
            body, last = body + part.data, part.body_finished
    status, names = refusal.status_code, [name.lower() for name, _ in refusal.headers]
    evidence = ", with Sec-WebSocket-Accept" if b"sec-websocket-accept" in names else ""
    own = (status, body) == (401, b"denied")
    record("yes" if own else "no", f"status {status}, body {body.decode()!r}{evidence}")


def test_websocket_close_of_the_client(running: RunningServer, record: Record) -> None:
    with opened(running, "/closed") as websocket:
        websocket.send(CloseConnection(code=1000, reason="bye"))
        websocket.next(CloseConnection)
    code = wait_for_line(running, "told /closed ")
    record("yes" if code == "1000" else "no", f"told {code or 'nothing'}")


def test_websocket_close_of_the_application(running: RunningServer, record: Record) -> None:
    with opened(running, "/close") as websocket:
        close = websocket.next(CloseConnection)
    code, reason = (int(close.code), close.reason or "") if close else (0, "")
    both = (code, reason) == (4001, "enough")
    record("yes" if both else "partly" if code == 4001 else "no", f"code {code}, reason {reason!r}")


def test_websocket_late_send(running: RunningServer, record: Record) -> None:
    opened(running, "/late").__exit__(None, None, None)
    raised = wait_for_line(running, "told /late-send ")
    assert raised
    record("yes" if raised.endswith(", OSError") else "no", f"send raised {raised}")


def test_websocket_pong(running: RunningServer, record: Record) -> None:
    with opened(running, "/ping") as websocket:
        websocket.send(Ping(payload=b"there?"))
        pong = websocket.next(Pong)
    right = pong is not None and bytes(pong.payload) == b"there?"
    record("yes" if right else "no", "a Pong with the payload" if right else f"{pong}")


def test_websocket_keepalive(server: ServerSpec, keeper: Keeper, record: Record) -> None:
    if "ping" not in server.features:
        record("no", "no option for it")
        return
    with opened(keeper.boot(server, "ping"), "/idle") as websocket:
        ping = websocket.next(Ping)
    record("yes" if ping else "no", "a Ping" if ping else "no Ping")
