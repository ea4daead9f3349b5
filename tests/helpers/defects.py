"""Known defects: a strict xfail for the failure that is meant, and for no other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest


class KnownDefectError(Exception):
    """A contract was not met in the way that is known."""


@dataclass(frozen=True)
class Defect:
    """What a server or a framework does wrong.

    Attributes:
        reason: What it is, and the issue or text behind it.
        symptom: A pattern; each complaint of a run begins with a match.
    """

    reason: str
    symptom: str

    @property
    def mark(self) -> pytest.MarkDecorator:
        """The mark of a test that calls `judge`, in which any other failure is still one."""
        return pytest.mark.xfail(reason=self.reason, raises=KnownDefectError, strict=True)


def judge(complaints: Sequence[str], defect: Defect | None = None) -> None:
    """Assert that there are no complaints.

    Raises:
        KnownDefectError: if they are the defect's, all of them.
    """
    known = re.compile(defect.symptom, re.DOTALL) if defect else None
    if known and complaints and all(map(known.match, complaints)):
        raise KnownDefectError("\n".join(complaints))
    assert not complaints, "\n".join(complaints)
