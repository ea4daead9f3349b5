# /// script
# dependencies = ["flask", "gunicorn"]
# tool.runnable.server = "gunicorn"
# ///
"""A count kept in a database: all processes share it."""

import sqlite3
import tempfile

from flask import Flask

app = Flask(__name__)
NAME = tempfile.gettempdir() + "/visits.sqlite3"


@app.get("/")
def show():
    return count("INSERT INTO visits SELECT 1 WHERE 0")


@app.post("/")
def visit():
    return count("INSERT INTO visits VALUES (1)")


def count(statement):
    with sqlite3.connect(NAME) as database:
        database.execute("CREATE TABLE IF NOT EXISTS visits (one)")
        database.execute(statement)
        rows = database.execute("SELECT count(*) FROM visits")
        return f"{rows.fetchone()[0]} visits\n"
