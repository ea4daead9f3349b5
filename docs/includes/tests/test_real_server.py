"""A real Uvicorn on a free port, for all tests of this file."""

import socket
import threading

import httpx2
import pytest
import uvicorn
from starlette_app import app


@pytest.fixture(scope="module")
def url():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))  # 0: any port that is free
    listener.listen()  # from here on, clients wait
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


def test_the_greeting(url):
    assert httpx2.get(url).text == "Got at the start"


def test_a_path_that_is_not_there(url):
    assert httpx2.get(f"{url}/missing").status_code == 404
