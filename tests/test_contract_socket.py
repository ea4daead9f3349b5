"""Every example answers its contract on a real server, over TCP."""

import asyncio
import time
from pathlib import Path

import pytest
from socket_client import Answer, exchange, websocket_exchange

from runnable.examples import Example, Request, check, check_overlap, find_examples
from runnable.servers import RunningServer, boot, server_of

EXAMPLES = find_examples(Path(__file__).parent.parent / "examples")
PAIRS = [(example, example.server) for example in EXAMPLES] + [
    (example, "gunicorn") for example in EXAMPLES if server_of(example).interface == "WSGI"
]


@pytest.mark.parametrize(
    ("example", "server"),
    PAIRS,
    ids=[f"{example.name} on {server}" for example, server in PAIRS],
)
def test_example_answers_its_contract(example: Example, server: str) -> None:
    with boot(example, server) as running:
        for request in example.contract.requests:
            complaints = asyncio.run(complaints_of(running, request, example.module))
            assert not complaints, f"{request.name}; {running.log()}"
        for wanted in example.contract.websockets:
            seen = asyncio.run(websocket_exchange(running.host, running.port, wanted))
            assert seen == wanted.events(), f"{wanted.name}; {running.log()}"
        assert "Traceback" not in running.log()


async def complaints_of(running: RunningServer, request: Request, module: str) -> list[str]:
    start = time.monotonic()
    answers: list[Answer] = await asyncio.gather(
        *(exchange(running.host, running.port, request) for _ in range(request.count))
    )
    complaints = check_overlap(request, module, time.monotonic() - start)
    for answer in answers:
        complaints += check(
            request.response,
            answer.status,
            answer.headers,
            answer.body,
            answer.pieces,
        )
    return complaints
