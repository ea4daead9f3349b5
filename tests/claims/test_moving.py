"""What the guide on moving says: a session that one framework has written, the other reads."""

import asyncio
from http.cookies import SimpleCookie

import flask
import quart
from werkzeug.datastructures import Headers

KEY = "the same in both"


def flask_app() -> flask.Flask:
    app = flask.Flask(__name__)
    app.secret_key = KEY

    @app.get("/login")
    def login() -> str:
        flask.session["name"] = "Ada"
        return ""

    @app.get("/")
    def name() -> str:
        return str(flask.session.get("name"))

    return app


def quart_app() -> quart.Quart:
    app = quart.Quart(__name__)
    app.secret_key = KEY

    @app.get("/login")
    async def login() -> str:
        quart.session["name"] = "Ada"
        return ""

    @app.get("/")
    async def name() -> str:
        return str(quart.session.get("name"))

    return app


def named(headers: Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def cookie_of(headers: dict[str, str]) -> dict[str, str]:
    """What a client sends back of an answer's cookie."""
    morsel = SimpleCookie(headers["set-cookie"])["session"]
    return {"Cookie": f"session={morsel.coded_value}"}


async def ask_quart(path: str, headers: dict[str, str]) -> tuple[dict[str, str], str]:
    answer = await quart_app().test_client(use_cookies=False).get(path, headers=headers)
    return named(answer.headers), await answer.get_data(as_text=True)


def ask_flask(path: str, headers: dict[str, str]) -> tuple[dict[str, str], str]:
    answer = flask_app().test_client(use_cookies=False).get(path, headers=headers)
    return named(answer.headers), answer.text


def test_a_session_passes_between_flask_and_quart() -> None:
    by_flask, _ = ask_flask("/login", {})
    by_quart, _ = asyncio.run(ask_quart("/login", {}))
    assert asyncio.run(ask_quart("/", cookie_of(by_flask)))[1] == "Ada"
    assert ask_flask("/", cookie_of(by_quart))[1] == "Ada"
    assert ask_flask("/", {})[1] == asyncio.run(ask_quart("/", {}))[1] == "None"
