"""`make benchmark`: how long a reader waits, beside what Pyodide itself takes; in one Chromium run.

Prints Markdown and writes docs/data/startup.json. Times come from a shared machine: the ratios
hold, the seconds do not.
"""

import argparse
import contextlib
import datetime
import platform
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from runnable.catalogue.startup import FLOOR, NO_LIMIT, SLOW, STARTUP, Startup, write_startup
from runnable.harness.chromium import launch_chromium
from runnable.harness.in_page import call_in_page
from runnable.harness.page_weight import gzipped_sizes
from runnable.harness.static_host import Line, serve_folders

ROOT = Path(__file__).parent.parent
LATER_REQUESTS = 100
REST = 4.0  # seconds, in which what was hovered starts, or a spare does
SUBJECTS = {  # what is measured: the page, and the example in it
    "bare WSGI": ("wsgi/", "hello/bare_wsgi_app.py"),
    "Flask": ("", "hello/flask_app.py"),
    "Starlette": ("", "hello/starlette_app.py"),
    "FastAPI": ("frameworks/fastapi/", "notes/fastapi_app.py"),
    "Django": ("frameworks/django/", "notes/django_wsgi_app.py"),
}
# The lines, each by the name of its host, which is loopback too; and what is measured there.
LINES = {
    NO_LIMIT: ("localhost", None, [FLOOR, *SUBJECTS]),
    SLOW: ("slow.localhost", Line(9e6, 0.06), [FLOOR, "Flask"]),
}

FLOOR_PAGE = "<!doctype html><title>floor</title>"
HERE = Path(__file__).parent
IN_PAGE = HERE / "in_page.js"


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--minutes", type=float, default=6, help="how long; at least one round")
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder)
        (floor / "index.html").write_text(FLOOR_PAGE)
        (floor / "floor.js").symlink_to(HERE / "floor.js")
        (floor / "pyodide").symlink_to(ROOT / "node_modules" / "pyodide")
        folders = {"/wsgi-vs-asgi/": ROOT / "site", "/floor/": floor}
        with contextlib.ExitStack() as stack:
            ports = {
                f"{host}:80": stack.enter_context(serve_folders(folders, line))
                for host, line, _ in LINES.values()
            }
            playwright = stack.enter_context(sync_playwright())
            result = measure(stack.enter_context(launch_chromium(playwright, ports)), minutes)
    write_startup(result, ROOT / STARTUP)
    print(markdown(result))


def measure(browser: Browser, minutes: float) -> Startup:
    """Every subject in turn, round after round, so that a slow minute slows all alike."""
    times: dict[str, dict[str, dict[str, list[float]]]] = {}
    weight: dict[str, int] = {}
    began = time.monotonic()
    ends = [began]
    while len(ends) == 1 or ends[-1] + (ends[-1] - ends[-2]) < began + 60 * minutes:
        for name, (host, _, subjects) in LINES.items():
            for subject in subjects:
                with contextlib.closing(browser.new_context()) as context:
                    if subject == FLOOR:
                        found = measure_floor(context, host)
                    else:
                        found = measure_subject(context, host, *SUBJECTS[subject], weight)
                for what, value in found.items():
                    kept = times.setdefault(name, {}).setdefault(subject, {})
                    kept.setdefault(what, []).append(value)
        ends.append(time.monotonic())
        print(f"round {len(ends) - 1}: {ends[-1] - ends[-2]:.0f} s", flush=True)
    return Startup(
        date=datetime.date.today().isoformat(),
        chromium=browser.version,
        machine=platform.machine(),
        rounds=len(ends) - 1,
        milliseconds=times,
        page_weight_gzip_bytes=weight,
    )


def measure_floor(context: BrowserContext, host: str) -> dict[str, float]:
    """How long stock Pyodide takes to start, with an empty cache and with a full one."""
    times = {}
    for what in ("cold", "second visit"):
        page = context.new_page()
        page.goto(f"http://{host}/floor/index.html")
        times[what] = call_in_page(page.locator("html"), IN_PAGE, "floor")
        page.close()
    return times


def measure_subject(
    context: BrowserContext, host: str, path: str, src: str, weight: dict[str, int]
) -> dict[str, float]:
    """How long a reader waits for an answer, in each of the ways that lead to one."""
    site = f"http://{host}/wsgi-vs-asgi/"
    times = {}

    def open_page() -> tuple[Page, Locator]:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        if not weight:
            weight.update(weigh(asked, site))
        return page, page.locator(f'runnable-example[src="{src}"]')

    for what in ("cold", "second visit"):
        page, example = open_page()
        times[what] = call_in_page(example, IN_PAGE, "firstResponse")
        if what == "second visit":
            later = call_in_page(example, IN_PAGE, "laterRequests", LATER_REQUESTS)
            times["later request"] = statistics.median(later)
            time.sleep(REST)
            times["edited"] = call_in_page(example, IN_PAGE, "runAgain")
            times["stop"] = call_in_page(example, IN_PAGE, "stop")
        page.close()
    page, example = open_page()
    call_in_page(example, IN_PAGE, "hover")
    time.sleep(REST)
    times["hovered"] = call_in_page(example, IN_PAGE, "firstResponse")
    page.close()
    return times


def weigh(urls: list[str], site: str) -> dict[str, int]:
    """How heavy the page was before Run, in bytes gzipped, by kind of file."""
    weight: dict[str, int] = {}
    for path, size in gzipped_sizes(urls, site, ROOT / "site").items():
        assert "assets/runtime/" not in path, f"{path} was fetched before Run"
        kind = Path(path).suffix.lstrip(".") or "html"
        kind = f"our {kind}" if path.startswith("assets/page/") else kind
        weight[kind] = weight.get(kind, 0) + size
    return weight


# Beside what stock Pyodide takes with an empty cache, or with a full one.
FLOOR_OF = {"cold": "cold", "second visit": "second visit", "hovered": "cold", "edited": "cold"}


def markdown(result: Startup) -> str:
    """The result as tables, ratios first."""
    lines = [
        f"Chromium {result.chromium}, {result.date}; medians of {result.rounds} "
        "(least to most), milliseconds. Ratios are to stock Pyodide's start in the same run.",
    ]
    for line, times in result.milliseconds.items():
        floor = {what: result.median(line, FLOOR, what) for what in times[FLOOR]}
        ratios = [f"{what} ÷ floor" for what in FLOOR_OF]
        columns = [*FLOOR_OF, "later request", "stop"]
        lines += ["", f"| {line} | {' | '.join([*ratios, *columns])} |"]
        lines.append("|---" * (1 + len(ratios) + len(columns)) + "|")
        for subject, measured in times.items():
            cells = [subject]
            for what, base in FLOOR_OF.items():
                values = measured.get(what)
                cells.append(f"{statistics.median(values) / floor[base]:.2f}" if values else "–")
            cells += [spread(measured[what]) if what in measured else "–" for what in columns]
            lines.append(f"| {' | '.join(cells)} |")
    weight = {kind: size / 1000 for kind, size in result.page_weight_gzip_bytes.items()}
    kinds = ", ".join(f"{kind} {size:.1f}" for kind, size in sorted(weight.items()))
    lines += ["", f"Page before Run, KB gzip: {sum(weight.values()):.0f} ({kinds})."]
    return "\n".join(lines)


def spread(values: list[float]) -> str:
    """Median, least and most."""
    digits = 0 if max(values) >= 100 else 1
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


if __name__ == "__main__":
    main()
