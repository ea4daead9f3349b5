"""Examples wrapped in a validator of their interface: wsgiref.validate, or asgion.

What is wrapped is one file still, the validator appended to it, so that every driver runs it as it
runs the example.
"""

import base64
import functools
import importlib.metadata
import io
import re
import zipfile
from dataclasses import replace

from helpers.drivers import Transcript
from runnable.catalogue.examples import Example

# All is within a function: the example's own names stay what they are.
WSGI_VALIDATOR = """
def validated(app):
    import warnings
    from wsgiref.validate import WSGIWarning, validator
    warnings.simplefilter("error", WSGIWarning)
    return validator(app)
{app} = validated({app})
"""
# As `asgion --strict`, which knows no exceptions and so reports notices too.
ASGI_VALIDATOR = """
def validated(app):
    import base64, io, sys, tempfile, zipfile
    folder = tempfile.mkdtemp()
    zipfile.ZipFile(io.BytesIO(base64.b64decode({archive!r}))).extractall(folder)
    sys.path.append(folder)
    from asgion import AsgionConfig, Inspector
    def note(violation):
        where = violation.method, violation.path, violation.message
        print("asgion:", violation.rule_id, *where, file=sys.stderr, flush=True)
    strict = AsgionConfig(exclude_rules=frozenset({notices}))
    return Inspector(app, config=strict, on_violation=note)
{app} = validated({app})
"""
NOTICES = {
    "HF-010": "tells that a body is streamed, which is no fault",
    "LF-010": "tells that the server has a state, which is no fault",
    "SEM-004": "wants cookies Secure: advice, of no use at http://127.0.0.1, and not ASGI's",
}


def validated(example: Example, interface: str) -> Example:
    """The example, wrapped in the validator of its interface."""
    values = {"app": example.app, "notices": sorted(NOTICES), "archive": asgion_archive()}
    validator = WSGI_VALIDATOR if interface == "WSGI" else ASGI_VALIDATOR
    return replace(example, source=example.source + validator.format_map(values))


@functools.cache
def asgion_archive() -> bytes:
    """The package asgion, as the page has it not: pure Python, in base64."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in importlib.metadata.files("asgion") or ():
            if path.suffix == ".py" or path.name == "METADATA":
                file.writestr(str(path), path.read_binary())
    return base64.b64encode(archive.getvalue())


def violations(transcript: Transcript) -> list[str]:
    """Where the contract was not met, and what the validator says."""
    said = [line for line in transcript.log if re.match("asgion: |Iterator garbage", line)]
    return [*transcript.complaints, *said]
