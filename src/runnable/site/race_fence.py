"""Markdown fences that become a `<request-race>`: examples that get the same requests, at once.

A fence names the racers, one a line: an example; its server, where it is not the example's own; and
how many workers there are, where there is more than one. `request` is the name of the request in
their contracts; `recorded` what docs/data/recorded/ has of a real server, to show beside them. So
`race { request="one" recorded="ten-threads" }` may have the lines `blocking/flask_app.py` and
`blocking/flask_app.py on gunicorn with 4 workers`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pymdownx.superfences import SuperFencesException

from runnable.catalogue.choice import servers_in_page
from runnable.catalogue.contract import Request
from runnable.catalogue.examples import Example, ExampleError, load_example, package_names
from runnable.catalogue.recorded_race import RecordedRace, Times, load_recorded_race
from runnable.catalogue.servers import ServerSpec
from runnable.site.element import element
from runnable.site.example_data import RaceData, RacerData, RecordedRuns
from runnable.site.fences import failing_the_build, keeping_options
from runnable.site.filling import fill
from runnable.site.runnable_fence import EXAMPLES, preset

RECORDED = Path("docs/data/recorded")
OPTIONS = {"request", "recorded"}
RACER = re.compile(r"(?P<example>\S+)(?: on (?P<server>\S+))?(?: with (?P<workers>\d+) workers)?")
WORKERS = (1, 2, 4)
MOST_REQUESTS = 50  # to each racer


@dataclass(frozen=True)
class Racer:
    """A line of a fence.

    Attributes:
        title: What it is called.
        example: The program.
        server: What serves it.
        workers: In so many interpreters.
        request: What it is sent.
    """

    title: str
    example: Example
    server: ServerSpec
    workers: int
    request: Request

    @property
    def summary(self) -> str:
        """The first line of the program's docstring."""
        return (ast.get_docstring(ast.parse(self.example.source)) or "").partition("\n")[0]

    def data(self) -> RacerData:
        """What the element's script knows of it."""
        packages = (*self.example.dependencies, *self.server.packages)
        return {
            "title": self.title,
            "path": self.example.name,
            "source": self.example.source,
            "module": self.example.module,
            "app": self.example.app,
            "server": self.server.name,
            "workers": self.workers,
            "packages": [*dict.fromkeys(package_names(packages))],
        }


@keeping_options
def validate(inputs: dict[str, str]) -> None:
    """Refuse unknown options, and a fence that does not say what is sent."""
    if "request" not in inputs or inputs.keys() - OPTIONS:
        raise SuperFencesException(
            'race: its header is { request="one" }, or { request="one" recorded="ten-threads" }'
        )


@failing_the_build
def render(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, str],
    md: Any,
    *,
    classes: list[str],
    **kwargs: Any,
) -> str:
    """Make the HTML of a fence: what would race, and what was recorded; its script does the rest.

    Args:
        source: The fence's text.
        language: The fence's language.
        css_class: The `class` registered with superfences, unused.
        options: What `validate` kept.
        md: The Markdown instance.
        classes: The fence's classes, unused.
        **kwargs: What superfences' own formatter wants beside these.

    Raises:
        SuperFencesException: If a line names no racer, or the recording is not there.
    """
    try:
        racers = read_racers(source, options["request"])
        recorded = read_recorded(options.get("recorded"))
    except ValueError as error:
        raise SuperFencesException(f"race: {error}") from None
    data: RaceData = {
        "request": preset(racers[0].request),
        "racers": [racer.data() for racer in racers],
        "recorded": _runs(recorded) if recorded else None,
    }
    highlight = md.preprocessors["fenced_code_block"].highlight
    shown: dict[str, Markup] = {}
    for racer in racers:
        if racer.example.name not in shown:
            block = highlight(
                racer.example.source, "py", {"title": racer.example.name}, md, classes=[], **kwargs
            )
            shown[racer.example.name] = Markup(block)
    inner = fill(
        "race.html",
        racers=[(racer, shown.pop(racer.example.name, "")) for racer in racers],
        request=racers[0].request,
        most=MOST_REQUESTS,
        recorded=recorded,
        rows=[*result_rows(recorded)],
    )
    return element(md, "request-race", inner, data)


def read_racers(body: str, request: str) -> list[Racer]:
    """Read a fence's lines.

    Args:
        body: What the fence holds.
        request: The name of what is sent.

    Raises:
        ExampleError: If a line is none, or names what there is not.
    """
    lines = [line.strip() for line in body.strip().splitlines()]
    found = [RACER.fullmatch(line) for line in lines]
    if len(lines) < 2 or None in found:
        raise ExampleError(
            "it has two lines or more, each as in 'hello/flask_app.py on gunicorn with 2 workers'"
        )
    counts = [int(line["workers"] or 1) for line in found if line]
    racers = []
    for line, workers in zip(filter(None, found), counts, strict=True):
        example = load_example(EXAMPLES / line["example"])
        servers = {server.name: server for server in servers_in_page(example)}
        requests = {each.name: each for each in example.contract.requests}
        name = line["server"] or example.server
        for kind, wanted, known in (("server", name, servers), ("request", request, requests)):
            if wanted not in known:
                have = ", ".join(known)
                raise ExampleError(f"{example.name} has no {kind} {wanted!r} here; known: {have}")
        if workers not in WORKERS:
            raise ExampleError(f"{line[0]}: a racer has 1, 2 or 4 workers")
        title = f"{example.path.name} on {servers[name].title}"
        if max(counts) > 1:
            title += f", {workers} worker{'s' if workers > 1 else ''}"
        racers.append(Racer(title, example, servers[name], workers, requests[request]))
    if len({racer.title for racer in racers}) < len(racers):
        raise ExampleError("two racers are alike; each line has to differ")
    return racers


def read_recorded(name: str | None) -> RecordedRace | None:
    """Read what a fence's option names.

    Raises:
        ValueError: If it is not there.
    """
    return load_recorded_race(RECORDED / f"{name}.json") if name else None


def result_rows(recorded: RecordedRace | None) -> Iterator[tuple[str, list[str]]]:
    """Give a row for each run: who; requests, total, longest wait, requests a second."""
    for run in recorded.runs if recorded else ():
        total = max(times.done for times in run)
        waited = max(times.called for times in run)
        title = recorded.title if recorded else ""
        yield title, [str(len(run)), _duration(total), _duration(waited), _rate(run, total)]


def _runs(recorded: RecordedRace) -> RecordedRuns:
    return {"title": recorded.title, "runs": [[*run] for run in recorded.runs]}


def _duration(milliseconds: float) -> str:
    """Write it as the page's script does."""
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.2f} s"
    return f"{milliseconds:.{1 if milliseconds < 10 else 0}f} ms"


def _rate(run: tuple[Times, ...], total: float) -> str:
    return f"{len(run) / total * 1000:.2g}"
