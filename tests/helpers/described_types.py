"""Reads what Python's TypedDicts and TypeScript's interfaces say of the same data, to compare them.

Both become a `Description`: for each name its keys, and for each key its type as TypeScript writes
it. What a reader here does not know is an error, so that nothing is compared by half.
"""

import re
from types import ModuleType, UnionType
from typing import Any, Literal, TypeAliasType, get_args, get_origin, get_type_hints, is_typeddict

Description = dict[str, dict[str, str]]

ALIAS = "="  # the key under which a name that stands for another type has that type
LEAVES = {
    bool: "boolean",
    bytes: "Uint8Array",
    float: "number",
    int: "number",
    str: "string",
}
DECLARATION = re.compile(r"export (?:interface (\w+) \{(.*?)\}|type (\w+) =(.*?);)", re.DOTALL)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
KEY = re.compile(r"\s*(\w+\??): (.+)", re.DOTALL)
TYPE = re.compile(r'\w+(\[\])*|"[^"]*"|\[\w+(, \w+)*\]')


def described_in_python(source: str, none: str) -> Description:
    """What the TypedDicts and type aliases of a module say.

    Args:
        source: The module's text.
        none: How TypeScript writes what is None in Python.
    """
    module = ModuleType("described")
    exec(source, vars(module))
    described: Description = {}
    for name, value in vars(module).items():
        if isinstance(value, TypeAliasType):
            described[name] = {ALIAS: _in_typescript(value.__value__, none)}
        elif is_typeddict(value):
            hints = get_type_hints(value)
            optional = value.__optional_keys__
            described[name] = {
                f"{key}?" if key in optional else key: _in_typescript(hint, none)
                for key, hint in hints.items()
            }
    return described


def _in_typescript(hint: Any, none: str) -> str:
    arguments = [_in_typescript(each, none) for each in get_args(hint) if _is_type(each)]
    match get_origin(hint):
        case None if hint is type(None):
            return none
        case None if isinstance(hint, TypeAliasType) or is_typeddict(hint):
            return hint.__name__
        case None:
            return LEAVES[hint]
        case origin if origin is Literal:
            return _union([f'"{value}"' for value in get_args(hint)])
        case origin if origin is UnionType:
            return _union(arguments)
        case origin if origin is list:
            return f"{arguments[0]}[]"
        case origin if origin is tuple:
            return f"[{', '.join(arguments)}]"
    raise ValueError(f"{hint}: this type has no counterpart in TypeScript here")


def _is_type(argument: Any) -> bool:
    return not isinstance(argument, str)


def described_in_typescript(text: str) -> Description:
    """What the interfaces and type aliases of a declaration file say.

    Raises:
        ValueError: for anything else in it.
    """
    text = COMMENT.sub("", text)
    if rest := DECLARATION.sub("", text).strip():
        raise ValueError(f"neither an interface nor a type: {rest[:60]}")
    described: Description = {}
    for interface, body, alias, type_ in DECLARATION.findall(text):
        if alias:
            described[alias] = {ALIAS: _canonical(type_)}
            continue
        described[interface] = {}
        for line in filter(str.strip, body.split(";")):
            key = KEY.fullmatch(line)
            if key is None:
                raise ValueError(f"{interface}: not a key with its type: {line.strip()}")
            described[interface][key[1]] = _canonical(key[2])
    return described


def _canonical(type_: str) -> str:
    parts = [part.strip() for part in type_.split("|")]
    parts = parts[1:] if not parts[0] else parts  # a union over several lines begins with a bar
    if unknown := [part for part in parts if not TYPE.fullmatch(part)]:
        raise ValueError(f"a type that is not read here: {unknown[0]}")
    return _union(parts)


def _union(parts: list[str]) -> str:
    return " | ".join(sorted(parts))


def differences(python: Description, typescript: Description) -> list[str]:
    """Each name, key or type that the two do not describe alike."""
    found = []
    for name in sorted({*python, *typescript}):
        ours, theirs = python.get(name, {}), typescript.get(name, {})
        if (name in python) != (name in typescript):
            found.append(f"{name}: only in {'Python' if name in python else 'TypeScript'}")
            continue
        found += [
            f"{name}.{key}: {ours.get(key)} in Python, {theirs.get(key)} in TypeScript"
            for key in sorted({*ours, *theirs})
            if ours.get(key) != theirs.get(key)
        ]
    return found
