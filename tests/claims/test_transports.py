"""What the guide on testing says of httpx's transport: it gives no stream before its end."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2

Send = Callable[[dict[str, Any]], Awaitable[None]]


def test_a_transport_gives_a_stream_at_its_end() -> None:
    happened = []

    async def app(scope: dict[str, Any], receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in (b"1", b"2"):
            happened.append("sent")
            await send({"type": "http.response.body", "body": number, "more_body": True})
            await asyncio.sleep(0)  # a client that reads could do so now
        await send({"type": "http.response.body"})

    async def read() -> None:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            async with client.stream("GET", "/") as answer:
                async for _ in answer.aiter_raw():
                    happened.append("read")

    asyncio.run(read())
    assert happened[:2] == ["sent", "sent"]
    assert set(happened[2:]) == {"read"}
