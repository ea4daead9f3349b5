"""Whatever goes wrong in a fence of ours fails the build, and does not leave it as text."""

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from runnable.site.fences import failing_the_build, keeping_options


@keeping_options
def anything(inputs: dict[str, str]) -> None:
    """Refuse nothing."""


@keeping_options
def with_a_fault(inputs: dict[str, str]) -> None:
    raise KeyError(inputs["of"])


@failing_the_build
def shown(*args: object, **kwargs: object) -> str:
    return "shown"


@failing_the_build
def not_there(*args: object, **kwargs: object) -> str:
    raise OSError("no such file")


@pytest.mark.parametrize(
    ("validate", "render", "error"),
    [
        (anything, not_there, r"test_fences\.not_there: OSError\('no such file'\)"),
        (with_a_fault, shown, r"with_a_fault: KeyError\('a'\)"),
    ],
)
def test_an_unforeseen_error_fails_the_build(validate: object, render: object, error: str) -> None:
    fence = {"name": "ours", "class": "ours", "format": render, "validator": validate}
    markdown = Markdown(
        extensions=["attr_list", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": [fence]}},
    )
    with pytest.raises(SuperFencesException, match=error):
        markdown.convert('```ours { of="a" }\ntext\n```')
