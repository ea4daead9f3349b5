"""What nginx does with streams, bodies, clients that leave, and servers that are slow or gone."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from helpers.catalogue import SERVERS
from helpers.nginx import serving_site
from helpers.patience import PATIENCE
from helpers.serving import serving, with_options

from runnable.harness.processes import RunningServer, reserved_port

# `/stream` sends one piece, and the next when somebody has asked for `/go`; `/held` lasts until the
# client has left; `/body` reads its body.
APPLICATION = """
import asyncio

go = asyncio.Event()

async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    path = scope["path"]
    print("called", scope["root_path"], path, scope["http_version"], flush=True)
    if path == "/go":
        go.set()
    if path == "/body":
        while (await receive()).get("more_body"):
            pass
    if path == "/held":
        while (await receive())["type"] != "http.disconnect":
            pass
        print("the client has left", flush=True)
        return
    headers = [(b"content-type", b"text/plain")]
    if path == "/stream" and scope["query_string"]:
        headers.append((b"x-accel-buffering", b"no"))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if path == "/stream":
        go.clear()
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        await go.wait()
    await send({"type": "http.response.body", "body": b"last"})
"""
SITE = """
server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{server}; {lines} }}
}}
"""
# Long enough to see what comes at once: a busy machine can only make a test pass that would fail.
SECONDS_TO_SEE = 1.5


@contextmanager
def behind(folder: Path, *lines: str) -> Iterator[tuple[int, RunningServer]]:
    """The application behind nginx; gives nginx's port, and the server."""
    (folder / "nginx").mkdir()
    with (
        serving(APPLICATION, SERVERS["uvicorn"], folder) as server,
        reserved_port() as port,
        serving_site(
            SITE.format(port=port, server=server.port, lines=" ".join(lines)),
            port,
            folder / "nginx",
        ),
    ):
        yield port, server


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def wait_for_log(server: RunningServer, text: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while text not in server.log():
        assert time.monotonic() < deadline, server.log()
        time.sleep(0.05)


def first_piece_waits(port: int, path: str, seconds: float) -> bool:
    """Ask for a stream; say whether nothing of it comes before its end, and read it."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        client.settimeout(seconds)
        data = b""
        try:
            while b"first" not in data:
                data += client.recv(65536)
        except TimeoutError:
            pass
        waited = b"first" not in data
        assert get(port, "/go") == 200
        client.settimeout(PATIENCE)
        while b"last" not in data:
            data += client.recv(65536)
        return waited


# Until nginx 1.29.7, it asks servers by HTTP/1.0 unless it is told otherwise.
OLD = "proxy_http_version 1.0;"


def test_over_http_1_0_nginx_holds_a_stream_back(tmp_path: Path) -> None:
    with behind(tmp_path, OLD) as (port, _):
        assert first_piece_waits(port, "/stream", SECONDS_TO_SEE)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f"{OLD} proxy_buffering off;", "/stream"),
        (OLD, "/stream?x-accel-buffering=no"),
        ("proxy_http_version 1.1;", "/stream"),
    ],
)
def test_each_of_these_lets_a_stream_pass(line: str, path: str, tmp_path: Path) -> None:
    with behind(tmp_path, line) as (port, _):
        assert not first_piece_waits(port, path, PATIENCE)


def called_before_the_body_is_there(port: int, server: RunningServer, seconds: float) -> bool:
    """Send a request with half of its body; say whether the application is called."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        client.sendall(b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf!")
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and "called  /body" not in server.log():
            time.sleep(0.05)
        called = "called  /body" in server.log()
        client.sendall(b"whole")
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        return called


def test_an_upload_is_collected_first(tmp_path: Path) -> None:
    with behind(tmp_path) as (port, server):
        assert not called_before_the_body_is_there(port, server, SECONDS_TO_SEE)


def test_an_upload_passes_as_it_comes_if_told_so(tmp_path: Path) -> None:
    with behind(tmp_path, "proxy_request_buffering off;") as (port, server):
        assert called_before_the_body_is_there(port, server, PATIENCE)


def test_the_application_is_told_that_a_client_left(tmp_path: Path) -> None:
    with behind(tmp_path) as (port, server):
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
            client.sendall(b"GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n")
            wait_for_log(server, "called  /held")
        wait_for_log(server, "the client has left")


def test_a_slow_answer_is_504_and_the_application_is_told(tmp_path: Path) -> None:
    with behind(tmp_path, "proxy_read_timeout 1s;") as (port, server):
        assert get(port, "/held") == 504
        wait_for_log(server, "the client has left")


def test_a_server_that_is_gone_is_502(tmp_path: Path) -> None:
    (tmp_path / "nginx").mkdir()
    with reserved_port() as port, reserved_port() as nobody:
        site = SITE.format(port=port, server=nobody, lines="")
        with serving_site(site, port, tmp_path / "nginx"):
            assert get(port, "/") == 502


def test_a_location_with_a_header_of_its_own_has_none_from_above(tmp_path: Path) -> None:
    """So the guide's site sets all in one place."""
    site = """
    server {{
        listen 127.0.0.1:{port};
        proxy_set_header X-Forwarded-For $remote_addr;
        location / {{ proxy_pass http://127.0.0.1:{server}; {lines} }}
    }}
    """
    seen = []
    for number, line in enumerate(("", "proxy_set_header X-Other one;")):
        folder = tmp_path / str(number)
        (folder / "nginx").mkdir(parents=True)
        with serving(SEEING, SERVERS["uvicorn"], folder) as server, reserved_port() as port:
            text = site.format(port=port, server=server.port, lines=line)
            with serving_site(text, port, folder / "nginx"):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                connection.request("GET", "/", headers={"X-Forwarded-For": "203.0.113.7"})
                seen.append(connection.getresponse().read())
                connection.close()
    assert seen == [b"127.0.0.1", b"203.0.113.7"]


SEEING = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    said = dict(scope["headers"]).get(b"x-forwarded-for", b"")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": said})
"""
PREFIXED = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['SCRIPT_NAME']} {environ['PATH_INFO']}".encode()]
"""


def test_gunicorn_takes_a_prefix_from_a_variable(tmp_path: Path) -> None:
    spec = with_options("gunicorn", "--env", "SCRIPT_NAME=/shop")
    with serving(PREFIXED, spec, tmp_path) as server:
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        connection.request("GET", "/shop/cart")
        assert connection.getresponse().read() == b"/shop /cart"
        connection.close()
