"""导出: a form that writes a paper; it can be stopped, and what is not whole never takes a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tui.desk.asking import ask, drop_answer
from tui.desk.stopping import Cancelled
from tui.forms.draft import Draft
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm

Writer = Callable[[Path, Callable[[int], None], Callable[[], None]], None]
"""Writes a paper to a path, in a worker thread: tells how many cases it has written, and calls the
last one before the paper takes its place."""


class PaperForm(FormScreen[Path]):
    """Asks where to (a field `path`), and writes the paper there; answers its path."""

    KEPT = False

    def writer(self, draft: Draft) -> Writer:
        """What writes the paper that is asked for."""
        raise NotImplementedError

    def papers(self, draft: Draft) -> list[Path]:
        """The files that it writes."""
        return [draft.values["path"]]

    def submit(self, draft: Draft) -> None:
        path: Path = draft.values["path"]
        write = self.writer(draft)
        there = [str(paper) for paper in self.papers(draft) if paper.exists()]
        if there:
            self._saving = False
            confirm(
                self,
                f"{'、'.join(there)} 已经有了。要换成新的吗？",
                "换成新的",
                "返回改名",
                lambda: self._write(path, write),
            )
        else:
            self._write(path, write)

    def _write(self, path: Path, write: Writer) -> None:
        stop = self.begin_work()
        self._foot(f"正在导出。{self.key('form.cancel')} 取消。")

        def progress(rows: int) -> None:
            stop.check()
            if stop.due():
                self.call_later(self._told, rows)  # posts to the page's own thread

        def question() -> Path:
            write(path, progress, stop.pass_by)
            return path

        ask(self, "save", question, self.saved, self.refused)

    def stopping(self) -> None:
        """Nothing to wait for: a file that the thread is still writing never comes into place."""
        drop_answer(self, "save")
        self.refused(str(Cancelled()))

    def _told(self, rows: int) -> None:
        if self._stop is not None and not self._stop.asked:
            self._foot(f"正在导出  已写 {rows:,} 件。{self.key('form.cancel')} 取消。")
