"""What an interpreter must not have that is kept as a snapshot: it is refused, and says why."""

import subprocess
import sys
from pathlib import Path

import pytest

FREEZE = """
import asyncio, sys
from runnable.inmemory import start

async def main():
    begun = start.begin(sys.argv[1], "late.json")
    exec(sys.argv[2])
    try:
        begun.freeze()
    except start.NotKeptError as error:
        sys.__stdout__.write(str(error))

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("print('said')", "said"),
        (
            "try:\n    import late_alone\nexcept ImportError: pass",
            "import late_alone: fetching",
        ),
        # CPython's own are as those of a package in the browser.
        ("import _asyncio, _ssl", "_ssl"),
    ],
)
def test_what_is_not_in_memory_alone_is_refused(tmp_path: Path, program: str, reason: str) -> None:
    (tmp_path / "late.json").write_text('{"library": {"rest": ["late_alone"]}, "packages": {}}')
    done = subprocess.run(
        [sys.executable, "-c", FREEZE, str(tmp_path), program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert reason in done.stdout


def test_a_memory_without_a_session_is_refused() -> None:
    program = "from runnable.inmemory import start; start.resume()"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "NotKeptError: this memory has no session" in done.stderr
