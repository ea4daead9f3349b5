"""How to serve an example, on every server: a Markdown extension that writes the tabs.

A fence `serve` holds an example's path, as in `notes/sanic_app.py`; or, for the commands of one
server alone, `notes/sanic_app.py on uvicorn`.

In its place come tabs in Markdown, one for each server that takes it, with the
commands of `examples/servers.toml`; or, where the example fails on the server, with
the reason, from `examples/defects.toml`. It is a preprocessor, so that what it writes
is treated as if it stood in the page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from textwrap import indent

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from runnable.catalogue.defects import Defect, find_defect, load_defects
from runnable.catalogue.examples import Example, ExampleError, load_example
from runnable.catalogue.servers import ServerSpec, load_servers, server_of
from runnable.site.references import label

# Found from where mkdocs runs.
EXAMPLES = Path("examples")
# The class of what this writes beside commands: its proofs stand on the page that it leads to.
SERVING = "{ .serving }"
MORE = f"[Its workers, its limits, when to choose it](/%s.md)\n{SERVING}"
FENCE = re.compile(r"^( *)``` serve\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
# Before the fences of the tabs are read (superfences: 25), after includes (snippets: 32).
PRIORITY = 28


class Commands(Extension):  # type: ignore[misc] # Python-Markdown has no types
    """The extension, `runnable.site.serve_fence` in `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Fences(md), "serve", PRIORITY)


class _Fences(Preprocessor):  # type: ignore[misc]
    def run(self, lines: list[str]) -> list[str]:
        def tabs(fence: re.Match[str]) -> str:
            return indent(serve(fence[2]), fence[1])

        return FENCE.sub(tabs, "\n".join(lines)).split("\n")


def serve(body: str) -> str:
    """Write the tabs of a fence, or the commands of the one server that it names, in Markdown.

    Args:
        body: What the fence holds.

    Raises:
        ExampleError: If the body is not the path of an example, or names an unknown server.
    """
    path, *more = (line.strip() for line in body.strip().splitlines() or [""])
    if not path or more:
        raise ExampleError(f"a serve fence holds the path of one example, not {body!r}")
    path, _, only = path.partition(" on ")
    example = load_example(EXAMPLES / path)
    own = server_of(example)
    defects = load_defects(EXAMPLES / "defects.toml").values()
    others = load_servers(EXAMPLES / "servers.toml").values()
    servers = [
        own,
        *(other for other in others if other != own and other.serves(example)),
    ]
    if only:
        for server in servers:
            if server.name == only and not find_defect(defects, example, server):
                return _commands(example, server)
        known = ", ".join(
            server.name for server in servers if not find_defect(defects, example, server)
        )
        raise ExampleError(f"{path}: {only!r} is no server that serves it; known: {known}")
    tabs: dict[tuple[str, str], list[str]] = {}
    for server in servers:
        block = _block(example, server, find_defect(defects, example, server))
        tabs.setdefault((server.title, server.page), []).append(block)
    return "\n\n".join(
        f'=== "{title}"\n\n' + indent("\n\n".join([*blocks, MORE % page]), "    ")
        for (title, page), blocks in tabs.items()
    )


def install(example: Example, server: ServerSpec) -> tuple[str, ...]:
    """Give the commands that install an example's packages, and a server in place of its own."""
    own = server_of(example).packages
    needed = [package for package in example.dependencies if package not in own]
    packages = tuple(dict.fromkeys((*needed, *server.packages)))
    return replace(server, packages=packages).install


def _block(example: Example, server: ServerSpec, defect: Defect | None) -> str:
    if defect:
        link = f"[{label(defect.reference)}]({defect.reference})"
        return f"{server.summary} **Not this application:** {defect.reason} ({link})\n{SERVING}"
    return f"{server.summary}\n{SERVING}\n\n{_commands(example, server)}"


def _commands(example: Example, server: ServerSpec) -> str:
    lines = "\n".join([*install(example, server), server.command_line(example)])
    return f"``` sh\n{lines}\n```"


def makeExtension(**options: object) -> Commands:  # noqa: D103 - Python-Markdown calls it
    return Commands(**options)
