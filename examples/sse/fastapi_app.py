# /// script
# dependencies = ["fastapi", "uvicorn"]
# tool.runnable.server = "uvicorn"
# ///
"""Server-sent events from FastAPI, which writes the fields itself."""

import asyncio
from collections.abc import AsyncIterable
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from fastapi.sse import EventSourceResponse, ServerSentEvent

app = FastAPI()


def read_number(event_id):
    try:
        return max(int(event_id), 0)
    except ValueError:  # a client may send any text as an id
        return 0


def find_last(last_event_id: Annotated[str, Header()] = "0") -> int:
    last = read_number(last_event_id)
    if last >= 4:  # it has all: a browser does not come back
        raise HTTPException(status_code=204)
    return last


@app.get("/", response_class=EventSourceResponse)
async def stream(
    last: Annotated[int, Depends(find_last)],
) -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(retry=2000)  # reconnect after 2 s
    for number in range(last + 1, 5):
        # FastAPI sends one itself after 15 s without news.
        yield ServerSentEvent(comment="heartbeat")
        await asyncio.sleep(0.1)
        yield ServerSentEvent(
            raw_data=f"{number * 25} %", id=str(number)
        )
