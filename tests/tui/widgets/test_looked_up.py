"""A lookup as a listing: once it is prepared its pages come from the listed ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.lookup import find
from tests.support.at_once import find_cases, open_register
from tui.screens.shared.looked_up import looked_up


@pytest.mark.parametrize("words", ["", "2026", "年:2026"])
@pytest.mark.parametrize("order", [None, ("applicant", False), ("left", True)])
def test_a_prepared_listing_reads_the_same_pages(
    filled: Path, words: str, order: tuple[str, bool] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_register(str(filled)) as register:
        listing = looked_up(register, words, order)
        assert listing.count is not None
        assert listing.prepare is not None
        assert listing.place is not None
        total = listing.count()
        assert total == find_cases(register, words).total
        starts = range(0, total + 3, 3)
        pages = [answer for start in starts if (answer := listing.rows(start, 3))]
        listing.prepare()
        monkeypatch.setattr(find, "page_of_found", None)  # called no more
        told = [answer for start in starts if (answer := listing.rows(start, 3))]
        assert [(total, rows) for _, rows in pages] == told
        assert listing.count() == total
        ids = [row.id for _, rows in told for row in rows]
        assert [listing.place(case_id) for case_id in ids] == list(range(total))
        assert listing.place(10**6) is None


def test_a_case_deep_in_the_list_is_placed(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.shared.looked_up.NEAR", 2)
    with open_register(str(filled)) as register:
        listing = looked_up(register, "", ("number", False))
        answer = listing.rows(0, 99)
        assert answer is not None
        assert listing.place is not None
        assert listing.place(answer[1][-1].id) == len(answer[1]) - 1
