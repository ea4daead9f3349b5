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

# The floor as shipped: the stock npm package, nothing changed, nothing imported.
FLOOR_PAGE = "<!doctype html><title>floor</title>"
FLOOR_WORKER = """
import { loadPyodide } from "./pyodide/pyodide.mjs";
await loadPyodide();
postMessage("loaded");
"""
MEASURE_FLOOR = """() => new Promise((resolve, reject) => {
  const began = performance.now();
  const worker = new Worker("floor.mjs", { type: "module" });
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = () => { worker.terminate(); resolve(performance.now() - began); };
})"""
# The click is dispatched: a real pointer would hover first, and hovering starts the download.
MEASURE_FIRST_RESPONSE = """(src) => new Promise((resolve, reject) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  const began = performance.now();
  example.addEventListener("response", () => resolve(performance.now() - began), { once: true });
  example.addEventListener("statechange", ({ detail }) => {
    if (detail.state === "failed") reject(new Error(detail.message));
  });
  example.querySelector(".runnable-run").click();
})"""
MEASURE_LATER = """async ([src, count]) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  const times = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    await example.request({ method: "GET", path: "/", headers: [], body: null });
    times.push(performance.now() - began);
  }
  return times;
}"""
MEASURE_RUN_AGAIN = """async (src) => {
  const example = document.querySelector(`runnable-example[src="${src}"]`);
  example.source += "# edited\\n";
  const began = performance.now();
  await example.run();
  await example.request({ method: "GET", path: "/", headers: [], body: null });
  return performance.now() - began;
}"""


def main() -> None:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        floor = Path(folder)
        (floor / "index.html").write_text(FLOOR_PAGE)
        (floor / "floor.mjs").write_text(FLOOR_WORKER)
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
            note("floor", what, page.evaluate(MEASURE_FLOOR))
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
                note(subject, what, page.evaluate(MEASURE_FIRST_RESPONSE, src))
                if what == "warm":
                    later = page.evaluate(MEASURE_LATER, [src, LATER_REQUESTS])
                    note(subject, "later request", statistics.median(later))
                    note(subject, "run again", page.evaluate(MEASURE_RUN_AGAIN, src))
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
