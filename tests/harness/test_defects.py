"""A known defect excuses the failure that is meant, and no other."""

import pytest
from helpers.defects import Defect, KnownDefectError, judge

DEFECT = Defect("it loses the cookie", "form: no cookie")


def test_known_failure_is_recognised() -> None:
    with pytest.raises(KnownDefectError):
        judge(["form: no cookie last=3 among []"], DEFECT)


@pytest.mark.parametrize("defect", [DEFECT, None])
def test_other_failure_is_a_failure(defect: Defect | None) -> None:
    with pytest.raises(AssertionError, match="status is 500"):
        judge(["form: no cookie last=3 among []", "page: status is 500, not 200"], defect)


def test_no_failure_passes_and_so_tells_of_a_mended_defect() -> None:
    judge([], DEFECT)
