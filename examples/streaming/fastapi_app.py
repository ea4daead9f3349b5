# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""FastAPI streams what a path operation yields."""

import asyncio
from collections.abc import AsyncIterable

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


class PlainText(StreamingResponse):
    media_type = "text/plain"


@app.get("/", response_class=PlainText)
async def count() -> AsyncIterable[str]:
    for number in range(1, 5):
        yield f"{number}\n"
        await asyncio.sleep(0.15)
