"""`make benchmark`: how long a reader waits, beside what Pyodide itself takes; in one Chromium run.

Prints Markdown and writes docs/data/startup.json. Times come from a shared machine: the ratios
hold, the seconds do not.
"""

import datetime
import json
import platform
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from runnable.harness.chromium import launch_chromium
from runnable.harness.in_page import call_in_page
from runnable.harness.page_weight import gzipped_sizes
from runnable.harness.static_host import serve_folders

ROOT = Path(__file__).parent.parent
SITE = "http://localhost/wsgi-vs-asgi/"
REPEATS = 5
LATER_REQUESTS = 100
SUBJECTS = {  # what is measured: the page, and the example in it
    "bare WSGI": ("wsgi/", "hello/bare_wsgi_app.py"),
    "Flask": ("", "hello/flask_app.py"),
    "Starlette": ("", "hello/starlette_app.py"),
    "aiohttp": ("aiohttp/", "hello/aiohttp_app.py"),
} | {
    f"notes, {name}": (f"frameworks/{page}/", f"notes/{app}_app.py")
    for name, page, app in (
        ("Flask", "flask", "flask"),
        ("Django (WSGI)", "django", "django_wsgi"),
        ("Django (ASGI)", "django", "django_asgi"),
        ("Bottle", "bottle", "bottle"),
        ("Pyramid", "pyramid", "pyramid"),
        ("FastAPI", "fastapi", "fastapi"),
        ("Starlette", "starlette", "starlette"),
        ("Quart", "quart", "quart"),
        ("Sanic", "sanic", "sanic"),
    )
}

FLOOR_PAGE = "<!doctype html><title>floor</title>"
HERE = Path(__file__).parent
IN_PAGE = HERE / "in_page.js"


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder)
        (floor / "index.html").write_text(FLOOR_PAGE)
        (floor / "floor.js").symlink_to(HERE / "floor.js")
        (floor / "pyodide").symlink_to(ROOT / "node_modules" / "pyodide")
        folders = {"/wsgi-vs-asgi/": ROOT / "site", "/floor/": floor}
        with serve_folders(folders) as port, sync_playwright() as playwright:
            with launch_chromium(playwright, {"localhost:80": port}) as browser:
                result = measure(browser)
    (ROOT / "docs" / "data").mkdir(exist_ok=True)
    text = json.dumps(result, indent=2) + "\n"
    (ROOT / "docs" / "data" / "startup.json").write_text(text)
    print(markdown(result))


def measure(browser: Browser) -> dict[str, Any]:
    """Every subject in turn, `REPEATS` times over, so that a slow minute slows all alike."""
    times: dict[str, dict[str, list[float]]] = {}

    def note(subject: str, what: str, milliseconds: float) -> None:
        times.setdefault(subject, {}).setdefault(what, []).append(milliseconds)

    weight: dict[str, int] = {}
    for _ in range(REPEATS):
        context = browser.new_context()
        for what in ("cold", "warm"):  # an empty cache, then a full one
            page = context.new_page()
            page.goto("http://localhost/floor/index.html")
            note("floor", what, call_in_page(page.locator("html"), IN_PAGE, "floor"))
            page.close()
        context.close()
        for subject, (path, src) in SUBJECTS.items():
            context = browser.new_context()
            for what in ("cold", "warm"):
                page = context.new_page()
                asked: list[str] = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.goto(SITE + path)
                page.wait_for_load_state("networkidle")
                weight = weight or weigh(asked)
                example = page.locator(f'runnable-example[src="{src}"]')
                note(subject, what, call_in_page(example, IN_PAGE, "firstResponse"))
                if what == "warm":
                    later = call_in_page(example, IN_PAGE, "laterRequests", LATER_REQUESTS)
                    note(subject, "later request", statistics.median(later))
                    note(subject, "run again", call_in_page(example, IN_PAGE, "runAgain"))
                page.close()
            context.close()
    return {
        "date": datetime.date.today().isoformat(),
        "chromium": browser.version,
        "machine": platform.machine(),
        "repeats": REPEATS,
        "milliseconds": times,
        "page_weight_gzip_bytes": weight,
    }


def weigh(urls: list[str]) -> dict[str, int]:
    """How heavy the page was before Run, in bytes gzipped, by kind of file."""
    weight: dict[str, int] = {}
    for path, size in gzipped_sizes(urls, SITE, ROOT / "site").items():
        assert "assets/runtime/" not in path, f"{path} was fetched before Run"
        kind = Path(path).suffix.lstrip(".") or "html"
        kind = f"our {kind}" if path.startswith("assets/page/") else kind
        weight[kind] = weight.get(kind, 0) + size
    return weight


def markdown(result: dict[str, Any]) -> str:
    """The result as tables, ratios first."""
    times = result["milliseconds"]
    lines = [
        f"Chromium {result['chromium']}, {result['date']}; medians of {result['repeats']} "
        "(least to most), milliseconds.",
        "",
        "| first response | cold ÷ floor | warm ÷ floor | cold | warm | later request | again |",
        "|---|---|---|---|---|---|---|",
    ]
    floor = {what: statistics.median(values) for what, values in times["floor"].items()}
    for subject, measured in times.items():
        cells = [subject]
        for what in ("cold", "warm"):
            cells.append(f"{statistics.median(measured[what]) / floor[what]:.2f}")
        for what in ("cold", "warm", "later request", "run again"):
            values = measured.get(what)
            cells.append(spread(values) if values else "–")
        lines.append(f"| {' | '.join(cells)} |")
    weight = {kind: size / 1000 for kind, size in result["page_weight_gzip_bytes"].items()}
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
