# /// script
# dependencies = ["starlette", "uvicorn", "psycopg[binary,pool]"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette and PostgreSQL: queries wait together on the event loop."""

import os
from contextlib import asynccontextmanager

from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SIZE = int(os.environ.get("POOL_SIZE", "4"))
pool = AsyncConnectionPool(
    os.environ["DATABASE_URL"], min_size=SIZE, max_size=SIZE, open=False
)


@asynccontextmanager
async def lifespan(app):
    async with pool:  # opened in each worker, and closed at its end
        yield


async def notes(request):
    async with pool.connection() as connection:
        rows = await connection.execute(
            "SELECT text FROM notes ORDER BY id"
        )
        return JSONResponse([text async for (text,) in rows])


async def add(request):
    text = (await request.body()).decode()
    async with pool.connection() as connection:
        await connection.execute(
            "INSERT INTO notes (text) VALUES (%s)", [text]
        )
    return Response(status_code=201)


app = Starlette(
    routes=[
        Route("/", notes, methods=["GET"]),
        Route("/", add, methods=["POST"]),
    ],
    lifespan=lifespan,
)
