"""Flask's own client: no server, no network, no thread."""

import pytest
from flask_app import app, notes


@pytest.fixture
def client():
    before = dict(notes)
    yield app.test_client()
    notes.clear()
    notes.update(before)


def test_a_note_is_kept(client):
    made = client.post("/notes", json={"text": "Buy tea"})
    assert made.status_code == 201
    id = made.json["id"]
    assert client.get(f"/notes/{id}").json["text"] == "Buy tea"


def test_a_form_leads_back_to_the_page(client):
    answer = client.post("/", data={"text": "Tea"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "<li>Tea</li>" in answer.text


def test_a_wrong_note_is_refused(client):
    assert client.post("/notes", json={"text": 7}).status_code == 422
