"""What the validators of test_conformance.py catch, and what they let pass.

Where a release learns to catch what it let pass, the test fails, and the line moves up.
"""

import sys
from dataclasses import replace
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from asgion import AsgionConfig, Inspector
from helpers.conformance import NOTICES, validated, violations
from helpers.drivers import in_memory, run_apart
from helpers.paths import EXAMPLES

from runnable.catalogue.examples import load_example

WSGI_APP = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"){headers}])
    {body}
"""
ASGI_APP = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    headers = [(b"content-type", b"application/json"), {headers}]
    start = {{"type": "http.response.start", "status": 200, "headers": headers{more}}}
    {send}
"""
BODY = 'await send({"type": "http.response.body", "body": b""})'
TRAILERS = 'await send({"type": "http.response.trailers"})'
START_AND_BODY = f"await send(start); {BODY}"


def wsgi(headers: str = "", body: str = 'return [b"ok"]') -> str:
    return WSGI_APP.format(headers=headers, body=body)


def asgi(headers: str = "", send: str = START_AND_BODY, more: str = "") -> str:
    return ASGI_APP.format(headers=headers, send=send, more=more)


def complaints_of(interface: str, source: str) -> list[str]:
    """What a validator says of an application that is called once."""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    return {"WSGI": call_wsgi, "ASGI": call_asgi}[interface](namespace["app"])


def call_wsgi(app: Any) -> list[str]:
    environ: dict[str, Any] = {"wsgi.input": BytesIO(), "wsgi.errors": sys.stderr}
    setup_testing_defaults(environ)
    environ["QUERY_STRING"] = ""
    body = None
    try:
        body = validator(app)(environ, lambda status, headers, exc_info=None: None)
        list(body)
    except AssertionError as error:
        return [repr(error)]
    finally:
        if body is not None:
            body.close()
    return []


def call_asgi(app: Any) -> list[str]:
    inspector = Inspector(app, config=AsgionConfig(exclude_rules=frozenset(NOTICES)))
    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET"},
        **{"scheme": "http", "path": "/", "raw_path": b"/", "query_string": b"", "root_path": ""},
        "headers": [],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(event: dict[str, Any]) -> None:
        pass

    run_apart(inspector(scope, receive, send))
    return [f"{violation.rule_id} {violation.message}" for violation in inspector.violations]


@pytest.mark.parametrize(
    ("interface", "app", "complaint"),
    [
        ("WSGI", wsgi(body='return ["ok"]'), "yielded non-bytestring"),
        ("WSGI", wsgi(body='environ["wsgi.input"].read(); return []'), "AssertionError"),
        ("WSGI", wsgi(', ("Status", "200 OK")'), "The Status header cannot be used"),
        ("ASGI", asgi(send=f"{BODY}; await send(start)"), "HF-002"),
        ("ASGI", asgi(send=f"{START_AND_BODY}; {BODY}"), "HF-004"),
        ("ASGI", asgi(send="await send(start)"), "HF-006"),
        ("ASGI", asgi('("x-text", "no bytes")'), "HE-008"),
        ("ASGI", asgi('(b"content-length", b"7")'), "SEM-003"),
    ],
)
def test_broken_application_is_caught(interface: str, app: str, complaint: str) -> None:
    assert any(complaint in line for line in complaints_of(interface, app))


@pytest.mark.parametrize(
    ("interface", "app"),
    [
        # PEP 3333, "Handling the Content-Length Header" and "Other HTTP Features"
        pytest.param("WSGI", wsgi(', ("Content-Length", "7")'), id="untrue Content-Length"),
        pytest.param("WSGI", wsgi(', ("Connection", "close")'), id="hop-by-hop header"),
        # ASGI's www, "Response Start", and its extensions, "HTTP Trailers"
        pytest.param("ASGI", asgi('(b":path", b"/")'), id="pseudo header"),
        pytest.param("ASGI", asgi('(b"x-text", b"1\\r\\n2")'), id="header of two lines"),
        pytest.param(
            "ASGI",
            asgi(send=f"{START_AND_BODY}; {TRAILERS}", more=', "trailers": True'),
            id="trailers without the extension",
        ),
    ],
)
def test_broken_application_is_let_pass(interface: str, app: str) -> None:
    assert complaints_of(interface, app) == []


@pytest.mark.parametrize(
    ("interface", "app", "complaint"),
    [
        ("WSGI", wsgi(', ("Status", "200 OK")'), "The Status header cannot be used"),
        ("ASGI", asgi('(b"X-Text", b"1")'), "asgion: HE-009 GET /"),
    ],
)
def test_what_a_validator_says_reaches_the_drivers(
    interface: str, app: str, complaint: str
) -> None:
    example = load_example(EXAMPLES / f"hello/bare_{interface.lower()}_app.py")
    transcript = in_memory(validated(replace(example, source=app), interface))
    assert any(complaint in line for line in violations(transcript))
