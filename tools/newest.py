"""Tells in Markdown what the newest releases change: `newest.py results.xml`.

After `make lock` and a run of the tests (`pytest --junitxml=results.xml`), it compares the
pins with those of the last commit, and says which tests no longer do what was expected: that
fail, or that pass although a known defect should have made them fail. It ends with 1 where
there are such tests, or where no test ran.
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What pytest says of a strict xfail that passes.
MENDED = "[XPASS(strict)] "
MISSING = "none"
MESSAGE = 160  # characters of a failure's first line


def python_pins(text: str) -> dict[str, str]:
    """The versions in a pins file; a package can have several, for different machines."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, flags=re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return {name: " and ".join(found) for name, found in versions.items()}


def npm_pins(text: str) -> dict[str, str]:
    """The versions in a package-lock.json."""
    packages = json.loads(text)["packages"] if text else {}
    return {path: entry["version"] for path, entry in packages.items() if "version" in entry}


def changes(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, str, str]]:
    """What differs between two sets of pins: the name, the old version, the new one."""
    pairs = [(name, old.get(name, MISSING), new.get(name, MISSING)) for name in {**old, **new}]
    return sorted(pair for pair in pairs if pair[1] != pair[2])


def surprises(results: Path) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """Reads what pytest wrote: how many tests ran, which failed and which are mended, and why."""
    cases = list(ET.parse(results).iter("testcase"))
    failed, mended = [], []
    for case in cases:
        wrong = next((found for kind in ("failure", "error") for found in case.iter(kind)), None)
        if wrong is None:
            continue
        message = wrong.get("message", "")
        name = f"{case.get('classname')}::{case.get('name')}"
        if message.startswith(MENDED):
            mended.append((name, message.removeprefix(MENDED)))
        else:
            failed.append((name, message.strip().partition("\n")[0][:MESSAGE]))
    return len(cases), failed, mended


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table under a heading, or a line where there is nothing to tell."""
    if not rows:
        return f"## {title}\n\nNone.\n"
    escaped = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *escaped]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def committed(path: str) -> str:
    """A file's text in the last commit, empty where it was not there."""
    shown = subprocess.run(["git", "show", f"HEAD:{path}"], cwd=ROOT, capture_output=True)
    return shown.stdout.decode()


def version_table() -> str:
    """The pins of the working folder beside those of the last commit, a file at a time."""
    rows = []
    files = [f"requirements/{path.name}" for path in sorted(ROOT.glob("requirements/*.txt"))]
    readers: dict[str, Callable[[str], dict[str, str]]] = dict.fromkeys(files, python_pins)
    for file, read in {**readers, "package-lock.json": npm_pins}.items():
        new = (ROOT / file).read_text("utf-8")
        rows += [(file, *change) for change in changes(read(committed(file)), read(new))]
    return table("Versions", ("File", "Package", "Was", "Is"), rows)


def main(results: Path) -> int:
    """Prints the report."""
    print(version_table())
    if not results.is_file():
        print("## Tests\n\nNone ran: make stopped before them, and its log says where.")
        return 1
    count, failed, mended = surprises(results)
    print(table("Tests that fail", ("Test", "Why"), failed))
    print(table("Known defects that are mended", ("Test", "The defect was"), mended))
    print(f"{count} tests ran.")
    return 1 if failed or mended or not count else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: newest.py results.xml")
    sys.exit(main(Path(sys.argv[1])))
