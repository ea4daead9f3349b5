"""The listings of what a server passes, recorded from a real one: the pages show what it passed."""

import http.client
import re
from pathlib import Path

from helpers.catalogue import SERVERS
from helpers.paths import ROOT
from helpers.patience import PATIENCE
from helpers.serving import serving

# Prints each key with its value; an object that is not plain data by its class alone.
PRINT = """
def printed(value):
    if type(value).__module__ != "builtins":
        return f"<{type(value).__module__}.{type(value).__name__} object>"
    return repr(value)

def show(request):
    for key, value in request.items():
        print(f"KEY {key}: {printed(value)}", flush=True)
"""
WSGI = (
    PRINT
    + """
def app(environ, start_response):
    if environ["PATH_INFO"] == "/products":
        show(environ)
    start_response("200 OK", [("Content-Length", "0")])
    return []
"""
)
ASGI = (
    PRINT
    + """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    if scope["path"] == "/products":
        show(scope)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body"})
"""
)


def passed(source: str, server: str, folder: Path) -> dict[str, str]:
    """What a server passes for the pages' request; its port is masked."""
    with serving(source, SERVERS[server], folder) as running:
        connection = http.client.HTTPConnection(running.host, running.port, timeout=PATIENCE)
        connection.putrequest("GET", "/products?id=7", skip_accept_encoding=True)
        connection.putheader("Accept", "text/html")
        connection.endheaders()
        assert connection.getresponse().status == 200
        connection.close()
        log = running.log().replace(str(running.port), "8000")
    return dict(re.findall(r"^KEY (\S+): (.+)$", log, re.MULTILINE))


def shown(page: str, title: str) -> dict[str, str]:
    """The listing of a page, a line a key."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    block = re.search(rf'``` text title="{title}"\n\{{\n(.+?)\n\}}\n```', text, re.DOTALL)
    assert block, f"{page} has no listing of that title: {title}"
    return dict(re.findall(r'^    "(\S+)": (.+),$', block[1], re.MULTILINE))


def alike(value: str) -> str:
    return value.replace('"', "'")


def test_environ_is_what_gunicorn_passes(tmp_path: Path) -> None:
    environ = passed(WSGI, "gunicorn", tmp_path)
    listing = shown("wsgi.md", "environ")
    assert len(listing) > 10
    for key, value in listing.items():
        assert alike(value) == alike(environ[key]), key


def test_scope_is_what_uvicorn_passes(tmp_path: Path) -> None:
    scope = passed(ASGI, "uvicorn", tmp_path)
    scope["client"] = re.sub(r"\d+\)$", "50000)", scope["client"])
    listing = shown("asgi.md", "scope")
    assert {key: alike(value) for key, value in listing.items()} == {
        key: alike(value) for key, value in scope.items()
    }
