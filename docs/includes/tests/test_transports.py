"""httpx2 calls an application of either interface, without a server."""

import asyncio

import flask_app
import httpx2
import quart_app

ORDER = {"coffee": 1, "tea": 2}


def test_the_old_shop_over_wsgi():
    transport = httpx2.WSGITransport(flask_app.app)
    url = "http://shop"
    with httpx2.Client(transport=transport, base_url=url) as client:
        assert client.post("/orders", json=ORDER).json() == {"total": 13}


def test_the_new_shop_over_asgi():
    async def ask():
        transport = httpx2.ASGITransport(quart_app.app)
        client = httpx2.AsyncClient(transport=transport, base_url="http://shop")
        async with client:
            return await client.post("/orders", json=ORDER)

    assert asyncio.run(ask()).json() == {"total": 13}
