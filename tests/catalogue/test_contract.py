"""A contract is read whole or refused, and judges answers rightly."""

from pathlib import Path

import pytest
from helpers.paths import EXAMPLES

from runnable.catalogue.contract import (
    Contract,
    ExpectedResponse,
    Mistake,
    check,
    check_log,
    check_overlap,
)
from runnable.catalogue.contract_file import load_contract
from runnable.catalogue.examples import ExampleError


def contract(tmp_path: Path, text: str) -> Contract:
    path = tmp_path / "requests.toml"
    path.write_text(text)
    return load_contract(path)


def request_text(request: str = "", response: str = "") -> str:
    head = '[[request]]\nname = "a"\npath = "/"\n'
    return f"{head}{request}\n[request.response]\nstatus = 200\n{response}\n"


MISTAKE = request_text() + '[mistake.x_app]\nbreaks = "a rule"\n'


def websocket_text(steps: str, more: str = "") -> str:
    return f'[[websocket]]\nname = "w"\npath = "/"\nsteps = {steps}\n{more}\n'


def test_contract_is_read_whole(tmp_path: Path) -> None:
    text = request_text(
        'method = "PUT"\nheaders = [["A", "1"], ["A", "2"]]\nbody = "ü"\n'
        'count = 2\nwork = 1\noverlaps = { x_app = true }\nlogged = "L"',
        'headers = { b = "3" }\nheader_names = ["c"]\nchunks = ["c", "d"]\nspread = 0.5',
    ) + websocket_text(
        '[{ send = "s" }, { receive = "r" }, { closed = 1001 }]',
        'subprotocols = ["p"]\nsubprotocol = "p"',
    )
    found = contract(tmp_path, text)
    request, websocket = found.requests[0], found.websockets[0]
    assert (request.name, request.method, request.path) == ("a", "PUT", "/")
    assert request.headers == (("A", "1"), ("A", "2"))
    assert (request.body, request.count, request.work) == ("ü".encode(), 2, 1.0)
    assert request.overlaps == {"x_app": True}
    assert request.logged == "L"
    assert request.response == ExpectedResponse(
        200, (("b", "3"),), b"cd", (b"c", b"d"), spread=0.5, header_names=("c",)
    )
    assert websocket.subprotocols == ("p",)
    assert [(step.action, step.value) for step in websocket.steps] == [
        ("send", "s"),
        ("receive", "r"),
        ("closed", 1001),
    ]
    assert websocket.events() == [("accepted", "p"), ("message", "r"), ("closed", 1001)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "empty; add a [[request]] or a [[websocket]]"),
        ("a = 1\nb =", "requests.toml:2: not TOML: "),
        ("request = 1", "request must be a list, not 1"),
        ("request = [1]", "request must be a list of tables, not 1"),
        ("[[call]]", "unknown key 'call'; known: mistake, request, websocket"),
        ("[[request]]", "request 1: name is missing; add it"),
        (request_text() * 2, "the name 'a' comes twice; rename one"),
        (request_text("pth = 1"), "request 'a': unknown key 'pth'; known: body, count,"),
        (request_text().replace("/", ""), "request 'a': path '' must start with '/'"),
        (request_text("headers = [['A']]"), 'must be pairs of texts: [["Accept", "text/'),
        (request_text("count = true"), "count must be a whole number, not True"),
        (request_text("count = 0"), "count must be 1 or more, not 0"),
        (request_text("overlaps = { x = true }"), "overlaps needs count = 2 or more, and"),
        (request_text("overlaps = { x = 1 }"), 'x must be true, false or "in threads", not 1'),
        (request_text("modules = 'a'"), "request 'a': modules must be a list, not 'a'"),
        (request_text("", "error = 'cut'"), "response: error stands alone: there is no whole"),
        (request_text() + "[mistake.x_app]", "mistake: x_app: breaks is missing; add it"),
        (f"{MISTAKE}log = {{ x = 1 }}", "log: x must be a text, not 1"),
        (request_text("leave_after = 1"), "request 'a': leave_after needs response.error: what"),
        (request_text("logged = 1"), "request 'a': logged must be a text, not 1"),
        ('[[request]]\nname = "a"\npath = "/"', "request 'a': response is missing; add it"),
        (request_text().replace("200", "'200'"), "status must be a whole number, not '200'"),
        (request_text("", "body = 'b'\njson = 1"), "has body and json; state the body once"),
        (request_text("", "spread = 1"), "response: spread needs chunks, two or more"),
        (request_text("", "headers = { a = 1 }"), "headers: a must be a text, not 1"),
        (request_text("", "cookies = { a = 1 }"), "cookies: a must be a text, not 1"),
        (request_text("", "text = 'a'"), "response: unknown key 'text'; known: body,"),
        (websocket_text("[]"), "websocket 'w': steps must end with { close = 1000 } or"),
        (websocket_text("[{ send = 1 }]"), "websocket 'w': steps 1: must be one of { send"),
        (websocket_text("[{ close = 1, send = '' }]"), "steps 1: must be one of { send"),
        (websocket_text("[{ close = 1000 }]", "x = 1"), "unknown key 'x'; known: modules,"),
    ],
)
def test_wrong_contract_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ExampleError) as failure:
        contract(tmp_path, text)
    assert str(failure.value).startswith(str(tmp_path / "requests.toml"))
    assert complaint in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_request_may_be_for_some_examples_alone(tmp_path: Path) -> None:
    text = request_text('modules = ["x_app"]') + request_text().replace('"a"', '"b"')
    found = contract(tmp_path, text)
    assert [request.name for request in found.of("x_app").requests] == ["a", "b"]
    assert [request.name for request in found.of("y_app").requests] == ["b"]


def test_an_answer_that_breaks_off_is_stated_by_what_the_client_says(tmp_path: Path) -> None:
    text = request_text("", "error = 'cut'").replace("status = 200\n", "")
    assert contract(tmp_path, text).requests[0].response == ExpectedResponse(None, error="cut")


def test_a_mistake_is_told_by_the_log(tmp_path: Path) -> None:
    text = request_text() + '[mistake.x_app]\nbreaks = "a rule"\nlog = { uvicorn = "Boom", b = "" }'
    mistake = contract(tmp_path, text).of("x_app").mistakes["x_app"]
    assert mistake == Mistake("a rule", {"uvicorn": "Boom", "b": ""})
    assert check_log(mistake, "uvicorn", "Traceback\nBoom!") == []
    assert check_log(mistake, "uvicorn", "all is well") == ["the log has no 'Boom': all is well"]
    assert check_log(mistake, "b", "all is well") == []
    unstated = ["there is a traceback in the log: Traceback"]
    assert check_log(mistake, "b", "Traceback") == unstated
    assert check_log(None, "uvicorn", "Traceback") == unstated


STATED = ExpectedResponse(
    200, (("content-type", "text/plain"),), b"ab", chunks=(b"a", b"b"), spread=0.4
)
GOOD = (200, [("Content-Type", "text/plain")], b"ab", [(0.1, b"a"), (0.4, b"b")])


def test_good_answer_has_no_complaint() -> None:
    assert check(STATED, *GOOD) == []
    assert check(ExpectedResponse(404), 404, [], b"whatever", []) == []
    assert check(ExpectedResponse(200, json={"a": [1]}), 200, [], b' {"a":[1]}', []) == []


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (0, 500, "status is 500, not 200"),
        (1, [("Content-Type", "text/html")], "no header content-type: text/plain among"),
        (2, b"abc", "body is b'abc', not b'ab'"),
        (3, [(0.1, b"ab")], "body arrived within 0.00 s, not over 0.40 s"),
        (3, [(0.1, b"a"), (0.2, b"b")], "body arrived within 0.10 s, not over 0.40 s"),
    ],
)
def test_bad_answer_gets_its_complaint(place: int, value: object, complaint: str) -> None:
    answer = [*GOOD]
    answer[place] = value
    found = check(STATED, *answer)  # type: ignore[arg-type]
    assert len(found) == 1
    assert found[0].startswith(complaint)


def test_a_header_may_be_wanted_whatever_its_value() -> None:
    stated = ExpectedResponse(200, header_names=("Server-Timing",))
    assert check(stated, 200, [("server-timing", "app;dur=1.5")], b"", []) == []
    assert check(stated, 200, [], b"", []) == ["no header Server-Timing among []"]


def test_cookie_is_compared_without_its_attributes() -> None:
    stated = ExpectedResponse(303, cookies=(("last", "3"),))
    assert check(stated, 303, [("Set-Cookie", "last=3; Path=/")], b"", []) == []
    assert check(stated, 303, [("Set-Cookie", "last=30; Path=/")], b"", []) == [
        "no cookie last=3 among ['last=30']"
    ]


def test_json_is_compared_as_json() -> None:
    stated = ExpectedResponse(200, json={"a": 1})
    assert check(stated, 200, [], b"{", []) == ["body b'{' is not JSON"]
    assert check(stated, 200, [], b"[]", []) == ["JSON is [], not {'a': 1}"]


AT_ONCE = [0.3] * 10
IN_TURN = [0.2 * (place + 1) for place in range(10)]
LATE = [5.0 + 0.01 * place for place in range(10)]  # at once, on a busy machine
TWO_BY_TWO = [0.2 * (place // 2 + 1) for place in range(10)]
TOOK = "10 requests of 0.2 s ended within"
OVERLAPPED = f"{TOOK} 0.30 s, one 0.00 s after the other: they overlapped"
DID_NOT = f"{TOOK} 2.00 s, one 0.20 s after the other: they did not overlap"


@pytest.mark.parametrize(
    ("module", "ends", "complaint"),
    [
        ("starlette_app", AT_ONCE, None),
        ("starlette_app", LATE, None),
        ("starlette_app", TWO_BY_TWO, None),
        ("starlette_app", IN_TURN, DID_NOT),
        ("flask_app", IN_TURN, None),
        ("flask_app", [5.0 + end for end in IN_TURN], None),
        ("flask_app", AT_ONCE, OVERLAPPED),
        ("unstated_app", AT_ONCE, None),
    ],
)
def test_overlap_is_told_by_the_ends(module: str, ends: list[float], complaint: str | None) -> None:
    request = load_contract(EXAMPLES / "blocking/requests.toml").requests[1]
    assert check_overlap(request, module, ends) == ([complaint] if complaint else [])


def test_work_in_threads_overlaps_where_there_are_threads(tmp_path: Path) -> None:
    text = request_text('count = 10\nwork = 0.2\noverlaps = { x_app = "in threads" }')
    request = contract(tmp_path, text).requests[0]
    assert check_overlap(request, "x_app", AT_ONCE) == []
    assert check_overlap(request, "x_app", IN_TURN) == [DID_NOT]
    assert check_overlap(request, "x_app", IN_TURN, threads=False) == []
    assert check_overlap(request, "x_app", AT_ONCE, threads=False) == [OVERLAPPED]
