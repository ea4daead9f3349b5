"""Markdown fences that run: a superfences formatter makes `<runnable-example>`.

A fence `py { .runnable src="hello/flask_app.py" }` around a snippet include
becomes the ordinary highlighted block, inside the element, with the data that
its script needs. Superfences knows fences by their language, not their class,
so that every `py` fence comes through here; the others are left as they are.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from pymdownx.superfences import SuperFencesException, highlight_validator

from runnable.catalogue.choice import servers_in_page
from runnable.catalogue.contract import Request
from runnable.catalogue.examples import Example, ExampleError, load_example, package_names
from runnable.site.element import element
from runnable.site.example_data import ExampleData, RequestPreset, WebSocketPreset
from runnable.site.fences import failing_the_build
from runnable.site.serve_fence import install

# Found from where mkdocs runs, as the snippet's own path is.
EXAMPLES = Path("examples")
OPTIONS = ("src", "request")
NEEDS_THREADS = (
    '<p class="needs-threads">This example needs threads, which a browser’s Python does not have.'
    " Copy it, and run it on your machine; the tests run it on real servers.</p>"
)


@failing_the_build
def validate(
    language: str,
    inputs: dict[str, Any],
    options: dict[str, Any],
    attrs: dict[str, Any],
    md: Any,
) -> bool:
    """Keep our options, and leave the rest to superfences' own validator.

    Raises:
        SuperFencesException: If a runnable fence has an unknown option.
    """
    ours = {key: inputs[key] for key in OPTIONS if key in inputs}
    rest = {key: value for key, value in inputs.items() if key not in ours}
    valid: bool = highlight_validator(language, rest, options, attrs, md)
    options.update(ours)
    if ours and attrs:
        known = ", ".join((*OPTIONS, "hl_lines", "linenums", "title"))
        raise SuperFencesException(f"{_quote(ours)}: wrong option {_quote(attrs)}; known: {known}")
    return valid


@failing_the_build
def render(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Any,
    *,
    classes: list[str],
    **kwargs: Any,
) -> str:
    """Make the HTML of a fence: of a runnable one, the element around its block.

    Args:
        source: The fence's text, with its includes.
        language: The fence's language.
        css_class: The `class` registered with superfences, unused.
        options: What `validate` kept.
        md: The Markdown instance.
        classes: The fence's classes.
        **kwargs: What superfences' own formatter wants beside these.

    Raises:
        SuperFencesException: If the fence does not include an example's file,
            whole, or the example is described wrongly.
    """
    fences = md.preprocessors["fenced_code_block"]
    ours = {key: options.pop(key) for key in OPTIONS if key in options}
    if "runnable" not in classes and not ours:
        block: str = fences.highlight(source, language, options, md, classes=classes, **kwargs)
        return block
    if "runnable" not in classes or "src" not in ours:
        raise SuperFencesException(
            f"{_quote(ours)}: a runnable fence has both the class and the path: "
            '{ .runnable src="hello/flask_app.py" }'
        )
    try:
        example = load_example(EXAMPLES / ours["src"])
        data = describe(example, ours.get("request"))
    except ExampleError as error:
        raise SuperFencesException(str(error)) from None
    # A snippet ends with an empty line of its own.
    if source.removesuffix("\n") != example.source.removesuffix("\n"):
        raise SuperFencesException(
            f"{example.path}: the fence's text is not the file's; its body must be "
            f'--8<-- "{example.path.as_posix()}"'
        )
    # Superfences counted the lines of the fence before the include.
    fences.line_count = example.source.count("\n")
    block = fences.highlight(
        example.source,
        language,
        {"title": example.path.name, **options},
        md,
        classes=[name for name in classes if name != "runnable"],
        **kwargs,
    )
    if example.threads:
        head = f'<div id="{html.escape(example.name)}" data-search-exclude>'
        return f"{head}\n{block}\n{NEEDS_THREADS}\n</div>"
    name = html.escape(example.name)  # the id, too: runnable.site.proof links to it
    # By its lines, styles reckon how tall it is before a browser has laid it out.
    lines = example.source.count("\n")
    attributes = f' id="{name}" src="{name}" style="--lines: {lines}"'
    return element(md, "runnable-example", block, data, attributes)


def describe(example: Example, first: str | None = None) -> ExampleData:
    """Give what the element's script knows of an example.

    Args:
        example: The example.
        first: The name of the request or WebSocket to put first.

    Raises:
        ExampleError: If its server, or the request named first, is unknown.
    """
    servers = servers_in_page(example)
    requests = [preset(request) for request in example.contract.requests]
    websockets: list[WebSocketPreset] = [
        {
            "name": exchange.name,
            "path": exchange.path,
            "subprotocols": list(exchange.subprotocols),
            "messages": [str(step.value) for step in exchange.steps if step.action == "send"],
        }
        for exchange in example.contract.websockets
    ]
    names = [entry["name"] for entry in (*requests, *websockets)]
    if first is not None and first not in names:
        raise ExampleError(f"{example.name}: unknown request {first!r}; known: {', '.join(names)}")
    return {
        "source": example.source,
        "module": example.module,
        "app": example.app,
        # The client of the examples' WebSockets is wsproto's.
        "packages": [*package_names(example.dependencies), *(["wsproto"] if websockets else [])],
        "servers": [
            {
                "name": server.name,
                "title": server.title,
                "summary": server.summary,
                "packages": package_names(server.packages),
                "install": list(install(example, server)),
                "command": server.command_line(example),
                "http2": server.browser_http2,
            }
            for server in servers
        ],
        "requests": sorted(requests, key=lambda entry: entry["name"] != first),
        "websockets": sorted(websockets, key=lambda entry: entry["name"] != first),
    }


def preset(request: Request) -> RequestPreset:
    """Give what the script of an element sends for a request of a contract."""
    return {
        "name": request.name,
        "method": request.method,
        "path": request.path,
        "headers": list(request.headers),
        "body": None if request.body is None else request.body.decode(),
        "count": request.count,
        "leaveAfter": request.leave_after,
    }


def _quote(options: dict[str, Any]) -> str:
    return " ".join(f'{key}="{value}"' for key, value in options.items())
