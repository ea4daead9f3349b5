"""What Python and the page tell each other is described alike on both sides."""

import re
from typing import NamedTuple

import pytest
from helpers.described_types import described_in_python, described_in_typescript, differences
from helpers.paths import ROOT


class Pair(NamedTuple):
    """Two descriptions of the same data; `none` is what Python's None becomes on the way."""

    python: str
    typescript: str
    none: str

    def differences(self) -> list[str]:
        """What the two do not describe alike."""
        described = described_in_python(self.python, self.none)
        assert described
        return differences(described, described_in_typescript(self.typescript))


def read(python: str, typescript: str, none: str) -> Pair:
    return Pair((ROOT / python).read_text(), (ROOT / typescript).read_text(), none)


PAIRS = {
    # Pyodide makes undefined of None, and None of undefined.
    "messages": read(
        "src/runnable/inmemory/messages.py", "src/page/shared/messages.d.ts", "undefined"
    ),
    # JSON's null.
    "example data": read(
        "src/runnable/site/example_data.py", "src/page/shared/example-data.d.ts", "null"
    ),
}
TYPES = {
    "python": ["str", "int", "bytes", "list[str]", "str | None", "bool"],
    "typescript": ["string", "number", "Uint8Array", "string[]", "string | null", '"other"'],
}


@pytest.mark.parametrize("name", PAIRS)
def test_both_sides_describe_the_same(name: str) -> None:
    assert PAIRS[name].differences() == []


def mutants(text: str, types: list[str]) -> list[str]:
    """The text with one mistake each: a key or a name left out, renamed, or of another type."""
    made = []
    for key in re.finditer(r"^( +\w+): ([^;#\n]+)(;?)[^\n]*\n", text, re.MULTILINE):
        start, type_, end = key[1], key[2].strip(), key[3]
        lines = [f"{start}: {other}{end}\n" for other in types if other != type_]
        for line in ("", f"{start}_: {type_}{end}\n", *lines):
            made.append(text[: key.start()] + line + text[key.end() :])
    for name in re.findall(r"^(?:class|type|export interface|export type) (\w+)", text, re.M):
        made.append(re.sub(rf"\b{name}\b", f"Other{name}", text))
    return made


@pytest.mark.parametrize("side", ["python", "typescript"])
@pytest.mark.parametrize("name", PAIRS)
def test_each_mistake_on_one_side_is_found(name: str, side: str) -> None:
    pair = PAIRS[name]
    made = mutants(getattr(pair, side), TYPES[side])
    assert len(made) > 50
    for text in made:
        assert pair._replace(**{side: text}).differences(), text


@pytest.mark.parametrize(
    "text",
    [
        "export interface A { key: string; } declare var x: string;",
        "export interface A { readonly key: string; }",
        "export interface A { key: Map<string, string>; }",
        "export type A = (string | number)[];",
        "interface A { key: string; }",
    ],
)
def test_what_is_not_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"n(ot|either)"):
        described_in_typescript(text)
