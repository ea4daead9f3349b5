# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""A coroutine without await: nobody runs it."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def find_greeting():
    return "Hello\n"


async def greet(request):
    greeting = find_greeting()  # a coroutine, not a text
    return PlainTextResponse(greeting)


app = Starlette(routes=[Route("/", greet)])
