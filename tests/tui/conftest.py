"""A seat at the desk: the app under Pilot, driven by keys only, and what its screen says."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor

from db.law.event import Event
from db.storage import following_file
from db.words.vocabulary import EventKind
from tests.support.at_once import log_event, new_case, office
from tests.support.cases import UNLIKE, received
from tests.support.framework import quicken
from tests.support.seat import NARROW, Held, Holder, Seat, SeatMaker
from tests.support.steps import shared_register
from tui.app import TaizhangApp
from tui.desk import faults
from tui.look import stylesheet
from tui.look.stylesheet import DeskStylesheet


@pytest.fixture
def faulty() -> None:
    """For tests in which something fails that nobody expected."""


@pytest.fixture(autouse=True)
def no_fault_unnoticed(request: pytest.FixtureRequest, hermetic: None) -> Iterator[None]:
    """The desk goes on after an error; a test must not."""
    yield
    if "faulty" not in request.fixturenames and faults.log_path().exists():
        pytest.fail(faults.log_path().read_text(encoding="utf-8"))


@pytest.fixture(autouse=True, scope="session")
def rules_once() -> Iterator[None]:
    """What one desk has found of the rules holds for the next, which has the same stylesheet."""
    forget = DeskStylesheet._forget
    found: dict[Any, dict[Any, Any]] = {}

    def share(sheet: DeskStylesheet) -> None:
        sheet._found = {}
        forget(sheet)
        shared = found.setdefault((sheet._colours, tuple(sheet.source.items())), {})
        if len(shared) > stylesheet._MOST:
            shared.clear()
        sheet._found = shared

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DeskStylesheet, "_forget", share)
        yield


@pytest.fixture(autouse=True, scope="session")
def framework_once() -> Iterator[None]:
    """What the framework finds out anew at every message is found out once for all desks."""
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        yield


def painted_when_read(compositor: Compositor, *_: object, **__: object) -> None:
    """Nobody looks at what is painted between two looks of the test: a third of all it takes."""
    compositor._dirty_regions.clear()


@pytest.fixture
def take_seat(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SeatMaker:
    """Open the desk on a register file and sit down."""

    monkeypatch.setattr(
        following_file, "SECONDS", 3600
    )  # a desk looks for others when it is told to
    if "faulty" not in request.fixturenames:
        monkeypatch.setattr(Compositor, "render_update", painted_when_read)

    @contextlib.asynccontextmanager
    async def sit(
        location: Path | str, size: tuple[int, int] = NARROW, page: str = "register"
    ) -> AsyncIterator[Seat]:
        app = TaizhangApp(office(location), page)
        async with app.run_test(size=size) as pilot:
            seat = Seat(app, pilot)
            await seat.settle()
            await seat.others_wrote()
            yield seat
            assert not seat.unseen or seat.text  # what it ends on can be painted

    return sit


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a few cases of every kind, the same every time."""
    from tests.support.cases import fill

    path = tmp_path_factory.mktemp("desk") / "register.db"
    with shared_register(path) as register:
        fill(register)
    return path


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that register, in the current folder."""
    import shutil

    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(filled_file, tmp_path / "register.db"))


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where no register stands yet, named without its folder."""
    monkeypatch.chdir(tmp_path)
    return Path("register.db")


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Holder]:
    """Hold back a function of a module, from now on."""
    made: list[Held] = []

    def held(module: Any, name: str) -> Held:
        made.append(Held(getattr(module, name)))
        monkeypatch.setattr(module, name, made[-1])
        return made[-1]

    yield held
    for one in made:
        one.let_go()


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "register.db"
    with shared_register(path) as register:
        on = register.clock.today()
        for text in UNLIKE:
            event = received(
                on,
                text,
                text,
                unit=text,
                officer=text,
                phone=text,
                note=text,
                address=text,
                organ=text[:100],
            )
            number = new_case(register, event).number
            log_event(
                register,
                number,
                Event(EventKind.CONSULTATION_STARTED, on, party=text, doc_no=text, note=text),
            )
    return path


@pytest.fixture
def hostile(hostile_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(hostile_file, tmp_path / "register.db"))
