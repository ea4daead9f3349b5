"""Fills in the templates of fences, in templates/."""

from __future__ import annotations

import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from runnable.site.references import label


def fill(template: str, **values: object) -> str:
    """Fill in a template.

    Raises:
        TemplateError: If it needs a value that there is not.
    """
    return TEMPLATES.get_template(template).render(values).strip()


def day_of(day: str) -> str:
    """Write a date of ISO 8601 as readers do."""
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%B %Y}"


def _code(markdown: str) -> Markup:
    """Make HTML of a text that may have `code` in it."""
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", escape(markdown)))


TEMPLATES = Environment(
    loader=PackageLoader("runnable.site"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
TEMPLATES.filters |= {"code": _code, "label": label, "day": day_of}
