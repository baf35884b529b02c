"""300 inputs over every reader; `make fuzz` gives 10,000."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.readers import Ground, read_input

INPUTS, PARTS = 300, 6


@pytest.mark.parametrize("part", range(PARTS))
def test_no_input_is_a_fault(empty_register_file: Path, tmp_path: Path, part: int) -> None:
    folder = tmp_path / "inputs"
    folder.mkdir()
    for place in range(part, INPUTS, PARTS):
        read_input(Ground(folder, empty_register_file), place)
