"""What is masked in a transcript, and what is not."""

from runnable.harness.masks import mask_answer, mask_log


def test_the_head_is_masked_and_the_body_is_not() -> None:
    raw = b"HTTP/1.1 200 OK\r\ndate: Sun\r\nServer: Python/3.14 aiohttp/3\r\n\r\nDate: Mon\r\n"
    assert mask_answer(raw) == (
        b"HTTP/1.1 200 OK\r\ndate: <date>\r\nServer: Python/<version> aiohttp/3\r\n\r\n"
        b"Date: Mon\r\n"
    )


def test_the_answer_after_an_interim_one_is_masked() -> None:
    raw = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nDate: Sun\r\n\r\n"
    assert mask_answer(raw).endswith(b"HTTP/1.1 200 OK\r\nDate: <date>\r\n\r\n")


def test_a_log_keeps_what_it_says() -> None:
    text = (
        '127.0.0.1 - - [22/Nov/2026 16:00:00] "GET / HTTP/1.1" 200 13\n'
        '127.0.0.1 [22/Nov/2026:16:00:00 +0000] "GET /" 200\n'
        'INFO:     127.0.0.1:49152 - "GET / HTTP/1.1" 200 OK\n'
        "INFO:     Started server process [4711]\n"
    )
    assert mask_log(text) == (
        '127.0.0.1 - - [<date>] "GET / HTTP/1.1" 200 13\n'
        '127.0.0.1 [<date>] "GET /" 200\n'
        'INFO:     127.0.0.1:<port> - "GET / HTTP/1.1" 200 OK\n'
        "INFO:     Started server process [<pid>]\n"
    )


def test_a_traceback_keeps_its_error() -> None:
    text = (
        "ERROR:    Exception in ASGI application\n"
        "Traceback (most recent call last):\n"
        '  File "/usr/lib/x.py", line 3, in app\n'
        "    raise TypeError(obj)\n"
        "TypeError: <X object at 0x7f0011223344>\n"
        "/tmp/x/mistakes/await_app.py:12: RuntimeWarning: coroutine 'x' was never awaited\n"
        "  return Response(x())\n"
    )
    assert mask_log(text) == (
        "ERROR:    Exception in ASGI application\n"
        "Traceback (most recent call last):\n"
        "TypeError: <X object at <address>>\n"
        "await_app.py:12: RuntimeWarning: coroutine 'x' was never awaited\n"
    )


def test_gunicorns_page_for_an_error_is_the_same_on_a_newer_python() -> None:
    older = b"HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n<html>\n  <head>\n"
    newer = older.replace(b"\r\n\r\n", b"\r\n\n")
    assert mask_answer(newer) == mask_answer(older) == older
