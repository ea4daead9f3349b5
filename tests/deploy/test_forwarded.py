"""Which servers believe a request's X-Forwarded headers, and from whom: by themselves, and if told.

docs/guides/nginx.md quotes the outcome, from docs/data/.
"""

import http.client
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import recorded
from helpers.catalogue import SERVERS
from helpers.patience import PATIENCE
from helpers.serving import serving, with_options

from runnable.catalogue.servers import ServerSpec
from runnable.harness.processes import RunningServer

# Each tells of the scheme and the address that the server gave it.
SOURCES = {
    "WSGI": """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()]
""",
    "ASGI": """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    body = f"{scope['scheme']} {scope['client'][0]}".encode()
    await send({"type": "http.response.body", "body": body})
""",
    "aiohttp": """
from aiohttp import web

async def seen(request):
    return web.Response(text=f"{request.scheme} {request.remote}")

app = web.Application()
app.router.add_get("/", seen)
""",
}
CLAIMS = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
PROXY, STRANGER = "127.0.0.1", "127.0.0.2"
# Options that tell a server to believe a proxy at 127.0.0.1.
TOLD = {
    "waitress": (
        *("--trusted-proxy", PROXY),
        *("--trusted-proxy-headers", "x-forwarded-for x-forwarded-proto"),
    ),
    "mod_wsgi": (
        *("--trust-proxy", PROXY),
        *("--trust-proxy-header", "X-Forwarded-For"),
        *("--trust-proxy-header", "X-Forwarded-Proto"),
    ),
    "daphne": ("--proxy-headers",),
}


def believed(server: RunningServer, address: str) -> str:
    """Say what of the claims a server believes that come from an address."""
    connection = http.client.HTTPConnection(
        server.host, server.port, timeout=PATIENCE, source_address=(address, 0)
    )
    try:
        connection.request("GET", "/", headers=CLAIMS)
        scheme, client = connection.getresponse().read().decode().split()
    finally:
        connection.close()
    said = {"scheme": scheme == CLAIMS["X-Forwarded-Proto"]}
    said["address"] = client == CLAIMS["X-Forwarded-For"]
    return " and ".join(name for name, right in said.items() if right) or "nothing"


def row(name: str, spec: ServerSpec, folder: Path) -> str:
    folder.mkdir(parents=True)
    with serving(SOURCES[spec.interface], spec, folder) as server:
        found = [believed(server, address) for address in (PROXY, STRANGER)]
    cells = [f"**{cell}**" if cell != "nothing" else cell for cell in found]
    return f"| {name} | {' | '.join(cells)} |"


def title(name: str, spec: ServerSpec) -> str:
    return f"{spec.title}, `asgi`" if name == "gunicorn-asgi" else spec.title


# Variants that are the same here, as was tried once.
SAME = {"gunicorn-gthread", "gunicorn-gevent", "uvicorn-standard", "hypercorn-wsgi", "granian-wsgi"}


def test_who_is_believed(
    tmp_path: Path, pytestconfig: pytest.Config, need: Callable[[ServerSpec], None]
) -> None:
    rows = ["| Server | From 127.0.0.1, it believes | From elsewhere |", "| --- | --- | --- |"]
    for name, spec in SERVERS.items():
        if name not in SAME and not spec.framework:
            need(spec)
            rows.append(row(title(name, spec), spec, tmp_path / name))
    for name, options in TOLD.items():
        spec = with_options(name, *options)
        typed = " ".join(f'"{part}"' if " " in part else part for part in options)
        rows.append(row(f"{spec.title} `{typed}`", spec, tmp_path / f"{name}-told"))
    write = pytestconfig.getoption("--write-recorded")
    recorded.compare("recorded/forwarded.txt", "\n".join([*rows, ""]), write=write)
