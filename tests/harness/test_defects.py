"""A known defect excuses the failure that is meant, and no other."""

import re
from dataclasses import replace

import pytest
from helpers.defects import DEFECTS, KnownDefectError, judge

from runnable.catalogue.defects import Defect

DEFECT = replace(DEFECTS["hypercorn-empty-iterable"], symptom=re.compile("form: no cookie"))


def test_known_failure_is_recognised() -> None:
    with pytest.raises(KnownDefectError):
        judge(["form: no cookie last=3 among []"], DEFECT)


@pytest.mark.parametrize("defect", [DEFECT, None])
def test_other_failure_is_a_failure(defect: Defect | None) -> None:
    with pytest.raises(AssertionError, match="status is 500"):
        judge(["form: no cookie last=3 among []", "page: status is 500, not 200"], defect)


def test_no_failure_passes_so_that_a_strict_xfail_reports_the_repair() -> None:
    judge([], DEFECT)
