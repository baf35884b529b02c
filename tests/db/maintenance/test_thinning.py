"""Which copies go, against a model that asks of each day, month and year in turn."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.maintenance.copy_names import CopyName, Extent
from db.maintenance.thinning import superfluous

BEGINNING = datetime(2020, 1, 1)


def copy(
    minutes: int, mark: str = "aaaaaa", faulty: bool = False, reason: str = "daily"
) -> CopyName:
    return CopyName(
        "r", BEGINNING + timedelta(minutes=minutes), Extent(minutes, "0" * 12, mark), reason, faulty
    )


COPIES = st.builds(
    copy,
    st.one_of(st.integers(0, 4_000_000), st.integers(3_990_000, 4_000_000)),
    st.sampled_from(["aaaaaa", "bbbbbb"]),
    st.sampled_from([False] * 9 + [True]),
    st.sampled_from(["daily"] * 9 + ["before-restore"]),
)


def model(copies: set[CopyName]) -> set[CopyName]:
    """Every copy that no rule keeps, each rule asked of one copy at a time."""

    def later(one: CopyName, other: CopyName) -> bool:
        return (other.at, str(other)) > (one.at, str(one))

    going = set()
    for one in copies:
        alike = [c for c in copies if c.extent.mark == one.extent.mark]  # type: ignore[union-attr]
        newer = [c for c in alike if later(one, c) and c.faulty == one.faulty]
        days = {c.at.date() for c in newer}
        months = {(c.at.year, c.at.month) for c in newer}
        kept = one.at.date() not in days and len(days) < 14
        kept |= one.reason == "before-restore"
        if not one.faulty:
            kept |= any(c.faulty and not any(later(c, d) for d in alike) for c in alike)
            kept |= (one.at.year, one.at.month) not in months and len(months) < 24
            kept |= one.at.year not in {c.at.year for c in newer}
            kept |= days <= {one.at.date()} and len(newer) < 3
        if not kept:
            going.add(one)
    return going


@given(st.lists(COPIES, max_size=80, unique_by=str))
def test_it_is_what_the_model_says(copies: list[CopyName]) -> None:
    assert superfluous(copies) == model(set(copies))


def test_years_of_days() -> None:
    """Two copies a day for six years."""
    copies = [copy(minutes) for minutes in range(0, 6 * 365 * 1440, 720)]
    kept = sorted(set(copies) - superfluous(copies), key=lambda one: one.at)
    assert len(kept) == 1 + 14 + 23 + 4  # the newest day twice, days, months and years before them
    assert kept[-1] == copies[-1]
    assert {one.at.year for one in kept} == {one.at.year for one in copies}


def test_fourteen_imports_of_one_day_leave_three() -> None:
    copies = [copy(minutes, reason="before-import") for minutes in range(14)]
    assert set(copies) - superfluous(copies) == set(copies[-3:])


def test_a_faulty_copy_pushes_no_good_one_out() -> None:
    good = [copy(day * 1440) for day in range(60)]
    faulty = [copy(day * 1440, faulty=True) for day in range(60, 90)]
    assert superfluous([*good, *faulty]) == set(faulty[:-14])
    assert superfluous([*good, *faulty, copy(90 * 1440)]) & set(good)
