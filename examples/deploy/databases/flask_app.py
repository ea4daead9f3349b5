# /// script
# dependencies = ["flask", "psycopg[binary,pool]"]
# tool.runnable.server = "gunicorn-gthread"
# ///
"""Flask and PostgreSQL: a query that waits holds its thread."""

import atexit
import os

from flask import Flask, request
from psycopg_pool import ConnectionPool

app = Flask(__name__)
SIZE = int(os.environ.get("POOL_SIZE", "4"))
pool = ConnectionPool(
    os.environ["DATABASE_URL"], min_size=SIZE, max_size=SIZE, open=True
)
atexit.register(pool.close)  # else its threads hold up a stop


@app.get("/")
def notes():
    with pool.connection() as connection:
        rows = connection.execute("SELECT text FROM notes ORDER BY id")
        return [text for (text,) in rows]


@app.post("/")
def add():
    text = request.get_data(as_text=True)
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO notes (text) VALUES (%s)", [text]
        )
    return "", 201
