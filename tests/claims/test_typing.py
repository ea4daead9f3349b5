"""What the guide on types says: mypy passes the examples, and finds what is wrong in them."""

import shutil
import subprocess
import sys
from pathlib import Path

from helpers.paths import EXAMPLES, ROOT

# What is changed in an example, and what mypy says of it then.
WRONG = {
    "a body of text": ("wsgi", "return [body]", "return [body.decode()]", "has incompatible type"),
    "a status of a number": ("wsgi", '"200 OK"', "200", '"int"; expected "str"'),
    "a text as status": ("asgi", '"status": 200', '"status": "200"', '"status" has type "int"'),
    "a wrong key": ("asgi", '"more_body": False,', '"more": False,', "Missing key"),
    "a websocket as http": ("asgi", '!= "http"', '!= "lifespan"', 'no key "method"'),
    "a forgotten await": ("asgi", "await send(end)", "send(end)", "must be used"),
}
# A framework's application, as each of the two types.
FRAMEWORKS = """
from asgiref.typing import ASGI3Application
from flask import Flask
from starlette.applications import Starlette
from starlette.types import ASGIApp
from wsgiref.types import WSGIApplication

flask: WSGIApplication = Flask("flask")
by_its_own: ASGIApp = Starlette()
by_asgiref: ASGI3Application = Starlette()
"""


def check(folder: Path) -> dict[str, list[str]]:
    """Let mypy check a folder's files; give its complaints, by the file."""
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", ROOT / ".cache/mypy-typed"]
    command += ["--enable-error-code", "unused-awaitable", "--no-error-summary"]
    files = sorted(path.name for path in folder.glob("*.py"))
    ran = subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True)
    assert ran.returncode in (0, 1), ran.stderr
    found: dict[str, list[str]] = {file: [] for file in files}
    for line in ran.stdout.splitlines():
        if ": error: " in line:
            found[line.partition(":")[0]].append(line)
    return found


def test_mypy_passes_the_examples_and_finds_what_is_wrong(tmp_path: Path) -> None:
    for interface in ("wsgi", "asgi"):
        shutil.copy(EXAMPLES / f"typed/bare_{interface}_app.py", tmp_path)
    for name, (interface, right, wrong, _) in WRONG.items():
        source = (EXAMPLES / f"typed/bare_{interface}_app.py").read_text("utf-8")
        assert right in source
        changed = source.replace(right, wrong)
        if name == "a websocket as http":
            changed = changed.replace('body = b""', 'body = scope["method"].encode()')
        (tmp_path / f"{name.replace(' ', '_')}.py").write_text(changed, "utf-8")
    (tmp_path / "frameworks.py").write_text(FRAMEWORKS, "utf-8")
    found = check(tmp_path)
    assert found.pop("bare_wsgi_app.py") == found.pop("bare_asgi_app.py") == []
    (complaint,) = found.pop("frameworks.py")
    assert 'variable has type "Callable' in complaint
    assert complaint.startswith(f"frameworks.py:{FRAMEWORKS.count('\n')}:")  # its last line
    missed = [
        name
        for name, (*_, said) in WRONG.items()
        if said not in " ".join(found[f"{name.replace(' ', '_')}.py"])
    ]
    assert not missed, found
