"""The repository itself: pinned, free of addresses and of one machine's paths, in short files."""

import ast
import itertools
import json
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from helpers.paths import ROOT

LONGEST = 300
LONGEST_PAGE = 400  # prose and listings, read by their headings

# How a file's first line begins where it says what the file is for.
FIRST_LINES = {
    ".py": ('"""', 'r"""', "#"),
    ".js": ("//", "/*"),
    ".mjs": ("//", "/*"),
    ".ts": ("//", "/*"),
    ".css": ("/*",),
    ".md": ("# ", "<!--", "---"),
    ".html": ("{#", "<!--"),
    ".toml": ("#",),
    ".yml": ("#",),
    ".in": ("#",),
    ".conf": ("#",),
    ".sh": ("#",),
    "": ("#",),
}
# Written by a tool, or in someone else's words.
NOT_OURS = {"LICENSE", "package-lock.json", "capabilities.json", "startup.json", "benchmarks.json"}

# Where packages come from, in pieces, so that this file does not name them either.
REGISTRIES = [
    *(".".join(parts) for parts in (["pypi", "org"], ["pythonhosted", "org"])),
    *(".".join(["npmjs", end]) for end in ("org", "com")),
    *(".".join(parts) for parts in (["yarnpkg", "com"], ["anaconda", "org"])),
]


@cache
def texts() -> dict[str, str]:
    """The text of each file that is, or would be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in data:
            found[name] = data.decode()
    return found


def sources() -> dict[str, str]:
    """The files that somebody wrote, rather than a tool."""
    pins = re.compile(r"requirements/\w+\.txt")
    return {
        name: text
        for name, text in texts().items()
        if Path(name).name not in NOT_OURS and not pins.fullmatch(name)
    }


def requirements(name: str) -> dict[str, str]:
    """The blocks of a pins file, a requirement with its hashes each, by what they pin."""
    text = (ROOT / "requirements" / name).read_text()
    blocks = re.findall(r"^([\w.-]+==[^\s;]+)(.*\n(?:    .*\n?)*)", text, flags=re.MULTILINE)
    assert len(blocks) == len(re.findall(r"(?m)^\w", text))
    return dict(blocks)


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE)
    named = {name for name, text in texts().items() if hosts.search(text)}
    assert not named


def test_no_file_holds_a_path_of_this_machine() -> None:
    folders = re.compile("|".join(rf"(?<![\w.]){re.escape(str(f))}/" for f in (ROOT, Path.home())))
    named = {name for name, text in texts().items() if folders.search(text)}
    assert not named


def test_every_source_says_first_what_it_is_for() -> None:
    silent = {
        name
        for name, text in sources().items()
        if not text.startswith(FIRST_LINES.get(Path(name).suffix, ""))
    }
    assert not silent


def test_every_source_is_short() -> None:
    lengths = {name: text.count("\n") for name, text in sources().items()}
    pages = {name for name in lengths if name.startswith("docs/") and name.endswith(".md")}
    limits = {name: LONGEST_PAGE if name in pages else LONGEST for name in lengths}
    assert not {name: length for name, length in lengths.items() if length > limits[name]}


def test_no_python_string_holds_a_javascript_program() -> None:
    """An expression may stand where it is evaluated; a program is a module, and type-checked."""
    looks_like = re.compile(r"=>\s*\{|\b(?:const|let) \w+ =|\bfunction\b.*\{")
    found = [
        f"{name}:{node.lineno}"
        for name, text in sources().items()
        if name.endswith(".py")
        if not name.startswith("examples/")  # an application's page has its script in the one file
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if looks_like.search(node.value)
    ]
    assert not found, f"move these programs into .js files: {found}"


@pytest.mark.parametrize("name", ["dev.txt", "servers.txt", "uv.txt", "node.txt", "browser.txt"])
def test_every_python_package_is_pinned_by_hash(name: str) -> None:
    assert all("--hash=sha256:" in block for block in requirements(name).values())


def test_every_npm_package_is_pinned_by_hash_and_without_an_address() -> None:
    packages = json.loads(texts()["package-lock.json"])["packages"]
    ours = packages.pop("")
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
    wanted = ours["dependencies"] | ours["devDependencies"]
    assert all(packages[f"node_modules/{name}"]["version"] == wanted[name] for name in wanted)


def test_the_browser_gets_the_versions_that_the_tests_run() -> None:
    assert requirements("browser.txt").keys() <= requirements("dev.txt").keys()


def test_the_servers_share_the_versions_of_the_rest() -> None:
    pins = dict(pin.split("==") for pin in requirements("dev.txt"))
    others = [pin.split("==") for pin in requirements("servers.txt")]
    assert all(pins.get(name, version) == version for name, version in others)


def test_uvicorn_uses_the_same_protocols_here_as_in_the_browser() -> None:
    # uvloop, httptools and websockets, which it would prefer, come with Sanic
    servers = tomllib.loads(texts()["examples/servers.toml"])
    command = servers["uvicorn"]["command"]
    chosen = dict(itertools.pairwise(command))
    assert (chosen["--http"], chosen["--ws"], chosen["--loop"]) == ("h11", "wsproto", "asyncio")


def test_nothing_changes_an_answer_that_the_browser_has_not() -> None:
    # Bottle and Sanic prefer it to the standard library's json, and it writes other bytes
    installed = requirements("dev.txt").keys() | requirements("servers.txt").keys()
    assert "ujson" not in {pin.split("==")[0] for pin in installed}


def test_workflows_use_actions_by_version() -> None:
    workflows = {name: text for name, text in texts().items() if "/workflows/" in name}
    assert workflows
    for text in workflows.values():
        jobs = yaml.safe_load(text)["jobs"].values()
        used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
        assert used
        assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+(\.\d+)*", action) for action in used)


def test_make_explains_itself() -> None:
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("serve", "check", "test", "capabilities", "build", "benchmark", "help"):
        assert f"  make {target} " in told
