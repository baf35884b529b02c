"""Draw the pictures of README and docs from the invented register: `make screenshots`.

The day is fixed and so is the register, so that drawing again changes a picture only when the
screen has changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.at_once import office

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

TODAY = "2026-03-10"
NARROW, WIDE = (80, 24), (120, 40)

PICTURES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "today": (WIDE, ()),
    "register": (WIDE, ("tab", "j", "j", "j")),
    "register-80": (NARROW, ("tab", "j", "j", "j")),
    "case": (WIDE, ("tab", "slash", "=2026-0014", "enter", "enter")),
    "trace": (WIDE, ("tab", "slash", "=2026-0014", "enter", "enter", "e")),
    "year": (WIDE, ("f8", "left_square_bracket")),
    "intake": (WIDE, ("n", "=王芳", "enter", "=1", "enter", "=柳林社区安置房分配名单", "enter")),
}
"""Name: the window's size, and what is pressed (`=` writes text) after the start."""


async def draw(path: Path) -> None:
    """Draw every picture from the register at `path`."""
    from tests.making.wide_svg import widen
    from tui.app import TaizhangApp

    for name, (size, keys) in PICTURES.items():
        app = TaizhangApp(office(path))
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in keys:
                await press(app, pilot, key)
            svg = widen(app.export_screenshot(title="台账"))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{name}.svg")


async def press(app: Any, pilot: Any, key: str) -> None:
    from textual import events

    if key.startswith("="):
        app.post_message(events.Paste(key[1:]))
    else:
        await pilot.press(key)
    await settle(pilot)


async def settle(pilot: Any) -> None:
    """Until no question is open and all is painted."""
    await pilot.pause()
    while waiting := [worker for worker in pilot.app.workers if not worker.is_finished]:
        with contextlib.suppress(Exception):
            await pilot.app.workers.wait_for_complete(waiting)
        await pilot.pause()
    await pilot.pause()


def main() -> None:
    """Make the register in a folder of its own, with no habits or settings of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            os.environ[name] = folder
        for name in ("NO_COLOR", "TEXTUAL_THEME", "TAIZHANG_DB"):
            os.environ.pop(name, None)
        os.environ |= {
            "TAIZHANG_TODAY": TODAY,
            "TAIZHANG_CLERK": "林晓",
            "TZ": "Asia/Shanghai",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
        }
        from tests.support.at_once import make_demo, open_register

        path = Path(folder) / "register.db"
        with open_register(str(path), create=True) as register:
            make_demo(register)
        FOLDER.mkdir(exist_ok=True)
        asyncio.run(draw(path))


if __name__ == "__main__":
    main()
