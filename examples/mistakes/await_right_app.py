# /// script
# dependencies = ["starlette", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""The coroutine is awaited, and gives its text."""

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def find_greeting():
    return "Hello\n"


async def greet(request):
    greeting = await find_greeting()
    return PlainTextResponse(greeting)


app = Starlette(routes=[Route("/", greet)])
