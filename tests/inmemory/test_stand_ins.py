"""The stand-ins do what the real modules do, or say why not, and stand back where those are."""

import importlib
import random
import sys
from types import ModuleType

import httptools
import pytest
from httptools.parser.errors import HttpParserInvalidURLError

from runnable.inmemory import stand_ins
from runnable.inmemory.stand_ins import _multiprocessing, grp, pdb, pwd
from runnable.inmemory.stand_ins import httptools as stand_in
from runnable.inmemory.stand_ins.httptools.parser import errors

PARTS = ("schema", "host", "port", "path", "query", "fragment", "userinfo")
BYTES = [bytes([number]) for number in range(256)]
PIECES = [b"/", b"?", b"#", b"*", b"a", b"%20", b"&", b"=", b":", b"@", b"\\", b" ", b"\xc3", b"//"]


def parts(url: bytes) -> tuple[object, ...] | None:
    """What httptools finds; None where it refuses."""
    try:
        found = httptools.parse_url(url)
    except HttpParserInvalidURLError:
        return None
    return tuple(getattr(found, part) for part in PARTS)


def stand_in_parts(url: bytes) -> tuple[object, ...] | None:
    """What the stand-in finds; None where it refuses."""
    try:
        found = stand_in.parse_url(url)
    except errors.HttpParserInvalidURLError:
        return None
    return tuple(getattr(found, part) for part in PARTS)


@pytest.mark.parametrize("template", [b"/%b", b"/a%bb", b"/?%bb", b"/?a%bb", b"/a?b#%bc", b"/#%b"])
def test_each_byte_in_each_part(template: bytes) -> None:
    wrong = [byte for byte in BYTES if stand_in_parts(template % byte) != parts(template % byte)]
    assert not wrong


@pytest.mark.parametrize("url", [b"", b"*", b"a", b"?a", b"#a", b"/", b"//a/b", b"/\n", b"/a\n"])
def test_short_and_odd_targets(url: bytes) -> None:
    assert stand_in_parts(url) == parts(url)


def test_random_targets() -> None:
    draw = random.Random(1)
    for _ in range(20_000):
        url = b"/" + b"".join(draw.choices(PIECES, k=draw.randint(0, 8)))
        assert stand_in_parts(url) == parts(url), url


def test_the_real_module_is_found_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    stand_ins.install()
    stand_ins.install()
    assert sys.path.count(stand_ins.FOLDER) == 1
    assert importlib.util.find_spec("httptools").origin == httptools.__file__  # type: ignore[union-attr]


def test_what_cannot_work_says_so() -> None:
    with pytest.raises(RuntimeError, match="no terminal"):
        pdb.set_trace()
    with pytest.raises(RuntimeError, match="no terminal"):
        pdb.Pdb()
    with pytest.raises(OSError, match="no processes"):
        _multiprocessing.SemLock(0, 0, 0)
    with pytest.raises(FileNotFoundError):
        _multiprocessing.sem_unlink("/name")
    with pytest.raises(KeyError, match="name not found: 'nobody'"):
        pwd.getpwnam("nobody")
    with pytest.raises(KeyError, match="name not found: 'nogroup'"):
        grp.getgrnam("nogroup")


def test_a_name_is_given_only_where_it_is_missing() -> None:
    module = ModuleType("module")
    stand_ins.provide(module, name=1)
    stand_ins.provide(module, name=2, other=3)
    assert (module.name, module.other) == (1, 3)
