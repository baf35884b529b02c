"""文书: the standard documents of a case, and what their numbers are called by default."""

from __future__ import annotations

from db.words.vocabulary import Labelled


class LetterKind(Labelled):
    """A standard document."""

    RECEIPT = "receipt", "登记回执"
    CLARIFICATION = "clarification", "补正告知书"
    EXTENSION = "extension", "延期答复告知书"
    DELAY = "delay", "延迟答复告知书"
    THIRD_PARTY = "third_party", "征求第三方意见书"
    PARTY_TOLD = "party_told", "告知第三方书"
    CONSULTING = "consulting", "征求意见告知书"
    COOPERATION = "cooperation", "协办函"
    REASONS = "reasons", "要求说明理由通知书"
    FEE = "fee", "收费通知书"
    ANSWER = "answer", "告知书"
    APPROVAL = "approval", "审批单"
    DELIVERY = "delivery", "送达回证"
    COVER = "cover", "卷宗封面"

    @property
    def numbered(self) -> bool:
        """Whether it bears a 文号 of its own; the others are papers of the file."""
        return self not in (LetterKind.APPROVAL, LetterKind.DELIVERY, LetterKind.COVER)


NUMBERED_AS: dict[LetterKind, str] = {
    LetterKind.RECEIPT: "公开收",
    LetterKind.CLARIFICATION: "公开补",
    LetterKind.EXTENSION: "公开延",
    LetterKind.DELAY: "公开缓",
    LetterKind.THIRD_PARTY: "公开征",
    LetterKind.PARTY_TOLD: "公开三",
    LetterKind.CONSULTING: "公开询",
    LetterKind.COOPERATION: "公开协",
    LetterKind.REASONS: "公开理",
    LetterKind.FEE: "公开费",
    LetterKind.ANSWER: "公开告",
}
"""What stands before the year in the first number of a kind; afterwards what the office wrote."""


def parse_letter(text: str) -> LetterKind | None:
    """The kind named by its identifier or its label, or None."""
    said = text.strip()
    return next((kind for kind in LetterKind if said in (kind.value, kind.label)), None)
