"""Starlette's TestClient: `with` runs the lifespan."""

import pytest
from starlette.testclient import TestClient
from starlette_app import app


def test_the_greeting():
    with TestClient(app) as client:
        assert client.get("/").text == "Got at the start"


def test_without_the_block_nothing_has_started():
    client = TestClient(app)
    with pytest.raises(AttributeError, match="greeting"):
        client.get("/")
