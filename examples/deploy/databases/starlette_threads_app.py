# /// script
# dependencies = ["starlette", "uvicorn", "psycopg[binary,pool]"]
# tool.runnable.server = "uvicorn"
# ///
"""Starlette and a driver that blocks: in `def`, a thread waits."""

import os

from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SIZE = int(os.environ.get("POOL_SIZE", "4"))
pool = ConnectionPool(
    os.environ["DATABASE_URL"], min_size=SIZE, max_size=SIZE, open=True
)


def query():
    with pool.connection() as connection:
        rows = connection.execute("SELECT text FROM notes ORDER BY id")
        return [text for (text,) in rows]


def insert(text):
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO notes (text) VALUES (%s)", [text]
        )


def notes(request):  # Starlette runs what is no coroutine in a thread
    return JSONResponse(query())


async def blocking(request):
    return JSONResponse(query())  # wrong: the event loop waits


async def add(request):
    text = (await request.body()).decode()
    await run_in_threadpool(insert, text)
    return Response(status_code=201)


app = Starlette(
    routes=[
        Route("/", notes, methods=["GET"]),
        Route("/", add, methods=["POST"]),
        Route("/blocking", blocking),
    ]
)
