# /// script
# dependencies = ["fastapi"]
# tool.runnable.server = "fastapi-run"
# ///
"""The ASGI application of these tests, for a server that takes FastAPI's applications alone."""

import asgi_app
from fastapi import FastAPI


class Bare(FastAPI):
    async def __call__(self, scope, receive, send):
        await asgi_app.app(scope, receive, send)


app = Bare()
