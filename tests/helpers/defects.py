"""Known defects: a strict xfail for the failure that is meant, and for no other."""

from collections.abc import Sequence

import pytest

from helpers.paths import EXAMPLES
from runnable.catalogue.defects import Defect, load_defects

DEFECTS = load_defects(EXAMPLES / "defects.toml")


class KnownDefectError(Exception):
    """A test failed in the way that is known."""


def marks(defect: Defect | None) -> list[pytest.MarkDecorator]:
    """The marks of a test that calls `judge`, in which any other failure is still one."""
    if defect is None:
        return []
    reason = f"{defect.id}: {defect.reason} {defect.reference}"
    return [pytest.mark.xfail(reason=reason, raises=KnownDefectError, strict=True)]


def judge(complaints: Sequence[str], defect: Defect | None = None) -> None:
    """Assert that there are no complaints.

    Raises:
        KnownDefectError: if they are the defect's, all of them.
    """
    if defect and complaints and all(map(defect.symptom.match, complaints)):
        raise KnownDefectError("\n".join(complaints))
    assert not complaints, "\n".join(complaints)
