"""One transaction of a register, carried as one object: what every use case is given first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Connection

from db.calendar.workdays import WorkCalendar
from db.errors import NotAllowed
from db.moment import stamp
from db.storage.office_calendar import NOTICES, calendar_in
from db.storage.paper_store import PaperStore
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.role import role_asked, role_in
from db.storage.seat import seat
from db.words.vocabulary import Role


@dataclass(frozen=True)
class Transaction:
    """A connection that sees one consistent state, on one day, at one moment.

    `today` and `now` are fixed at its beginning; `clerk` is who records. Whatever is written is
    kept whole when the transaction ends well, else not at all: no use case commits.
    """

    connection: Connection
    today: date
    now: datetime
    clerk: str
    papers: PaperStore | None = field(default=None, compare=False)
    """Where the papers of its cases are; None of a register that was opened without them."""
    recorded: list[int] = field(default_factory=list, compare=False)
    """The ids of the events that this transaction has stored, one by one."""

    _ahead: dict[str, Rows] = field(default_factory=dict, compare=False, repr=False)
    """What has been answered at its beginning, by the statement."""

    @property
    def signed(self) -> dict[str, str]:
        """When, by whom and from where what is stored in this transaction was recorded."""
        return {
            "recorded_at": stamp(self.now),
            "recorded_by": self.clerk,
            "recorded_from": seat(),
        }

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working-day calendar in force: the package's, with the office's notices over it.

        As it stood when it was first asked for in this transaction.
        """
        return calendar_in(self.answer(NOTICES))

    @cached_property
    def role(self) -> Role:
        """What whoever is at it may do with the register."""
        answer = self.answer(role_asked(self.connection))
        return role_in(self.connection, answer, self.clerk)

    def ask(self, *asked: Question) -> list[Rows]:
        """What answers some statements, none of which hangs on another's answer."""
        return port_of(self.connection).answers(self.connection, *asked)

    def ask_ahead(self, *asked: Question) -> None:
        """Ask at its beginning, at once, what it has to know to write, and is not to change."""
        asked = (*asked, role_asked(self.connection), NOTICES)
        for (query, _), rows in zip(asked, self.ask(*asked), strict=True):
            self._ahead[query] = rows

    def answer(self, asked: Question) -> Rows:
        """What answers a statement, or has answered it at the beginning."""
        known = self._ahead.get(asked[0])
        return self.ask(asked)[0] if known is None else known

    def require(self, role: Role, doing: str) -> None:
        """Refuse what takes another role.

        Raises:
            NotAllowed: the clerk has less than that.
        """
        if not self.role.may(role):
            raise NotAllowed(
                f"{doing}要由{role.holder}办理；{self.clerk}在这本登记簿里的角色是“{self.role.label}”。"
                "没有做任何改动。"
            )
