"""Reports in the manner of real offices are read whole, whatever made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.year_end.form import Form
from exports.consolidation.understanding import read_report
from tests.support.office_pages import MANNERS, ORGAN, sample, write


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", MANNERS)
def test_every_manner_is_read_whole(name: str, form: Form, tmp_path: Path) -> None:
    true = sample(form)
    read = read_report(write(name, true, tmp_path), 2024)
    assert read.requests == true.requests
    assert read.disputes == true.disputes
    assert read.proactive == true.proactive
    assert (read.form, read.organ, read.year) == (form, ORGAN, 2024)
    assert read.problems == ()
