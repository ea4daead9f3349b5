"""The nginx site of the guide, with real servers behind it: what passes, and what is replaced."""

import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from helpers.catalogue import ALL, SERVERS
from helpers.nginx import nginx_or_missing, serving_site
from helpers.paths import EXAMPLES
from helpers.patience import PATIENCE
from helpers.serving import with_options
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Event, Request, TextMessage

from runnable.harness.processes import boot, reserved_port

NAME = "example.org"
CLIENT = "127.0.0.2"  # so that it is not taken for nginx, which connects from 127.0.0.1


@dataclass(frozen=True)
class Site:
    """The site as it runs: its ports, its files, and who vouches for its certificate."""

    http: int
    https: int
    files: Path
    trust: ssl.SSLContext

    def connect(self) -> ssl.SSLSocket:
        raw = socket.create_connection(("127.0.0.1", self.https), PATIENCE, (CLIENT, 0))
        return self.trust.wrap_socket(raw, server_hostname=NAME)

    def ask(
        self, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPSConnection(NAME)
        connection.sock = self.connect()
        try:
            method = "GET" if body is None else "POST"
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    nginx_or_missing()
    folder, files = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("files")
    (files / "static").mkdir()
    (files / "static/site.css").write_text("a {}\n")
    (files / "secret.txt").write_text("secret\n")
    authority = trustme.CA()
    certificate = authority.issue_cert(NAME)
    certificate.cert_chain_pems[0].write_to_path(files / "certificate.pem")
    certificate.private_key_pem.write_to_path(files / "key.pem")
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    live = with_options("uvicorn", "--root-path", "/live")
    with (
        boot(ALL["proxied/flask_app.py"], SERVERS["gunicorn-gthread"]) as wsgi,
        boot(ALL["proxied/starlette_app.py"], live) as asgi,
        reserved_port() as plain,
        reserved_port() as tls,
    ):
        text = (EXAMPLES / "deploy/site.conf").read_text("utf-8")
        for written, here in {
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{tls} ssl;",
            "/etc/ssl/example.org/certificate.pem": str(files / "certificate.pem"),
            "/etc/ssl/example.org/key.pem": str(files / "key.pem"),
            "/srv/shop/static/": f"{files}/static/",
            "127.0.0.1:8001": f"127.0.0.1:{wsgi.port}",
            "127.0.0.1:8002": f"127.0.0.1:{asgi.port}",
        }.items():
            assert text.count(written) == 1, written
            text = text.replace(written, here)
        with serving_site(text, tls, folder):
            yield Site(plain, tls, files, trust)


@pytest.mark.parametrize(("path", "prefix"), [("/", ""), ("/live/", "/live")])
def test_the_application_is_told_of_the_client_and_the_prefix(
    path: str, prefix: str, site: Site
) -> None:
    status, body = site.ask(path)
    assert status == 200
    assert json.loads(body) == {"client": CLIENT, "scheme": "https", "prefix": prefix}


@pytest.mark.parametrize("path", ["/", "/live/"])
def test_what_a_client_claims_is_replaced(path: str, site: Site) -> None:
    honest = site.ask(path)
    claims = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Prefix": "/evil",
    }
    assert site.ask(path, claims) == honest


def test_plain_http_is_sent_to_https(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.http, timeout=PATIENCE)
    connection.request("GET", "/a?b=c", headers={"Host": NAME})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/a?b=c"
    connection.close()


def test_files_come_without_python_and_no_others(site: Site) -> None:
    assert site.ask("/static/site.css") == (200, b"a {}\n")
    assert site.ask("/static/nothing.css")[0] == 404
    assert site.ask("/static../secret.txt")[0] == 404  # Flask's answer: it is not in /static/


def test_an_alias_without_its_slash_gives_other_files_away(site: Site, tmp_path: Path) -> None:
    with reserved_port() as port:
        wrong = f"location /static {{ alias {site.files}/static/; }}"
        with serving_site(f"server {{ listen 127.0.0.1:{port}; {wrong} }}", port, tmp_path):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/static../secret.txt")
            assert connection.getresponse().read() == b"secret\n"
            connection.close()


@pytest.mark.parametrize("path", ["/upload", "/live/upload"])
def test_a_body_may_have_10_mib_and_no_more(path: str, site: Site) -> None:
    most = 10 * 2**20
    status, body = site.ask(path, body=bytes(most))
    assert (status, json.loads(body)) == (200, {"bytes": most})
    assert site.ask(path, {"Content-Length": str(most + 1)}, b"")[0] == 413


def test_a_websocket_passes(site: Site) -> None:
    client = WSConnection(ConnectionType.CLIENT)

    def wait_for(kind: type[Event]) -> Event:
        while True:
            client.receive_data(stream.recv(65536))
            for event in client.events():
                assert isinstance(event, kind)
                return event

    with site.connect() as stream:
        stream.sendall(client.send(Request(host=NAME, target="/live/echo")))
        wait_for(AcceptConnection)
        stream.sendall(client.send(TextMessage(data="hello")))
        event = wait_for(TextMessage)
        assert isinstance(event, TextMessage)
        assert event.data == "hello"
