"""Masks what must differ between two runs in what a server answers and logs.

The same example under the same server answers with the same bytes on a socket, in memory, and in a
browser. What is masked, and why, stands in `ANSWER_MASKS` and `LOG_MASKS`, and nowhere else.
"""

import re
from collections.abc import Callable


def sort_values(header: re.Match[bytes]) -> bytes:
    """A header with its values in the order of the alphabet."""
    return header[1] + b", ".join(sorted(header[2].split(b", ")))


# (what, why, with what): each pattern is applied to the whole text.
ANSWER_MASKS: tuple[tuple[bytes, str, bytes | Callable[[re.Match[bytes]], bytes]], ...] = (
    (
        rb"\r\n\n(?=<html>\n  <head>)",
        "Gunicorn's page for an error goes through textwrap.dedent, which since Python 3.14 takes"
        " the carriage return out of the empty line before it; a browser has 3.14",
        b"\r\n\r\n",
    ),
    (rb"(?im)^(Date|Expires): [^\r\n]+", "the clock", rb"\1: <date>"),
    (
        rb"(?im)^(Last-Modified: )[^\r\n]+",
        "of a file: when it was unpacked",
        rb"\1<date>",
    ),
    (
        rb"(?im)^(Server: .*Python/)3[.\d]+",
        "wsgiref and aiohttp name the Python that runs them; a browser has a newer one",
        rb"\1<version>",
    ),
    (rb"(?im)^(Server-Timing: \w+;dur=)[^\r\n]+", "the clock", rb"\1<milliseconds>"),
    (rb"(?im)^(X-Request-ID: )[0-9a-f]{32}(?=\r|\Z)", "drawn by lot", rb"\1<id>"),
    (
        rb"(?im)^(Sec-WebSocket-Accept: )[^\r\n]+",
        "derived from the client's random key",
        rb"\1<key>",
    ),
    (
        rb"(?im)^(Allow: )([^\r\n]+)",
        "Werkzeug and Sanic name the methods in a set's order, which a process draws by lot",
        sort_values,
    ),
)
LOG_MASKS: tuple[tuple[str, str, str], ...] = (
    (
        r"(?m)^import \S+: fetching more of .*\n",
        "what comes late in a page is here on a disk",
        "",
    ),
    (r"\[\d\d/\w{3}/\d{4}[ :][\d:]{8}( [+-]\d{4})?\]", "the clock", "[<date>]"),
    (
        r"\[\d{4}-\d\d-\d\d [\d:]{8} [+-]\d{4}\] \[\d+\]",
        "the clock, the process id",
        "[<date>] [<pid>]",
    ),
    (
        r"(?m)^\[<date>\] \[<pid>\] \[INFO\] (Starting gunicorn|Listening at:|Using worker:"
        r"|Booting worker|Handling signal:|Worker exiting|Shutting down:) .*\n",
        "Gunicorn's arbiter, which starts and stops workers: a page has no processes, and none",
        "",
    ),
    (
        r"(?m)^socket\.send\(\) raised exception\.\n",
        "asyncio's transports say so at every write but the first to a client that has left; how"
        " many those are is a matter of milliseconds",
        "",
    ),
    (
        r"(?m)^WARNING:waitress\.queue:Task queue depth is \d+\n",
        "Waitress takes a thread for busy until it has come back from a request that it has"
        " answered, which is a matter of milliseconds",
        "",
    ),
    (
        r'(?m)^(INFO:aiohttp\.access:.*" \d{3}) \d+ ',
        "aiohttp counts the head's bytes too, where a time may have a digit more",
        r"\1 <bytes> ",
    ),
    (r"(127\.0\.0\.1|localhost):\d+", "a fresh port for each server and client", r"\1:<port>"),
    (r"(server process) \[\d+\]", "the process id", r"\1 [<pid>]"),
    (r"\d{4}-\d\d-\d\d [\d:]{8} [+-]\d{4}", "the clock, as Sanic writes it", "<date>"),
    (
        r"(INFO: (python|platform):) .*",
        "Sanic names the Python and the machine that run it",
        r"\1 <version>",
    ),
    (
        r"(?m)^\S*/site-packages/(\S+: \w+Warning: .*)(\n  .*)?$",
        "a browser has packages elsewhere, and without their source, whose line would follow",
        r"\1",
    ),
    (
        r"(?m)^\S*?(\w+_app\.py:\d+: \w+Warning: .*)(\n  .*)?$",
        "nor has it the example where the folder has it",
        r"\1",
    ),
    (
        r"(?m)^(Traceback \(most recent call last\):\n)(?:[ \t].*\n)+",
        "the lines of the server, of packages and of Python: a browser's Python is newer",
        r"\1",
    ),
    (r"(?m)^(task: )<.*>$", "its number, and Pyodide's own class of tasks", r"\1<task>"),
    (r"\bPython/3\.\d+", "a client names the Python that runs it", "Python/<version>"),
    (r"\b0x[0-9a-f]{6,}\b", "where an object lies in memory", "<address>"),
)


def mask_answer(raw: bytes) -> bytes:
    """The bytes of an answer, as on the wire, with what differs from run to run masked."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    for pattern, _, mask in ANSWER_MASKS:
        head = re.sub(pattern, mask, head)
    if re.match(rb"HTTP/1.1 1(?!01)", head):  # an interim answer: the final one follows it
        body = mask_answer(body)
    return head + separator + body


def mask_log(text: str) -> str:
    """What a server and its application wrote, with what differs from run to run masked."""
    for pattern, _, mask in LOG_MASKS:
        text = re.sub(pattern, mask, text)
    return text
