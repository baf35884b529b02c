"""The words of the register, in every spelling the contract accepts, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.words.outcomes import OUTCOME_BY_CODE, OUTCOMES, PARTIAL_NOTE, Outcome, parse_outcome
from db.words.text import fold
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    Delivery,
    EventKind,
    State,
    parse_applicant_kind,
    parse_channel,
    parse_delivery,
)
from db.year_end.form import row_labels

WIDE = str.maketrans("0123456789.()-", "０１２３４５６７８９．（）－")


def code_of(text: str) -> str | None:
    outcome = parse_outcome(text)
    return outcome.code if outcome else None


@st.composite
def dressed(draw: st.DrawFn, text: str) -> str:
    """The text in full-width digits perhaps, with blanks strewn in."""
    if draw(st.booleans()):
        text = text.translate(WIDE)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from([" ", "\u3000", "\n", "\xa0"])) + text[place:]
    return text


def spellings(outcome: Outcome) -> list[str]:
    number = outcome.code.rsplit(".", 1)[-1]
    if not outcome.label:
        return [outcome.code, outcome.group, outcome.name, f"{outcome.code}{outcome.group}"]
    return [
        outcome.code,
        outcome.code.replace(".", ""),
        f"{number}.{outcome.label}",
        f"{number}、{outcome.label}",
        outcome.label,
        f"{outcome.code}{outcome.label}",
        f"{outcome.group}-{outcome.label}",
        f"{outcome.group}—{outcome.label}",
        f"{outcome.group}：{number}.{outcome.label}",
    ]


@given(st.data(), st.sampled_from(OUTCOMES))
def test_every_outcome_by_every_name(data: st.DataObject, outcome: Outcome) -> None:
    spelling = data.draw(st.sampled_from(spellings(outcome)))
    assert code_of(data.draw(dressed(spelling))) == outcome.code


def test_the_forms_own_labels_are_understood() -> None:
    for row in row_labels("2021"):
        if row.outcomes:
            assert code_of(row.group + row.label) == row.code
            assert code_of(f"{row.group}-{row.label}") == row.code


def test_usual_words_for_outcomes() -> None:
    assert code_of(f"部分公开{PARTIAL_NOTE}") == "3.2"
    assert code_of("其他") == "3.6.3"
    assert {code_of(text) for text in ("3.6", "其他处理", "（六）其他处理")} == {"3.6.3"}
    assert code_of("危及三安全一稳定") == "3.3.3"
    assert code_of('危及"三安全一稳定"') == "3.3.3"
    assert code_of("申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请") == "3.6.1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "3",
        "3.3",
        "3.3.9",
        "3.3.0",
        "3.33.4",
        "33.4",
        "3.34",
        "3.0",
        "3.7",
        "3.10",
        "4",
        "339",
        "1",
        "保护",
        "公",
        "不予公开",
        "无法提供",
        "不予处理",
        "第三方合法权益",
        "保护第三方合法权益吗",
        "3.保护第三方合法权益",
        "4.属于国家秘密",
        "3.3.3保护第三方合法权益",
        "无法提供-保护第三方合法权益",
        "不予公开-其他",
        "2.其他",
        "予以公开-保护第三方合法权益",
        "三、",
    ],
)
def test_what_is_no_outcome(text: str) -> None:
    assert code_of(text) is None


@given(st.text(alphabet="0123456789. ．３", max_size=7))
def test_no_number_is_taken_for_another(text: str) -> None:
    """Digits mean an outcome only by its own code, with dots or wholly without."""
    code = fold(text).strip(".")
    known = OUTCOME_BY_CODE.get(code)
    if known is None and "." not in code:
        known = next((o for o in OUTCOMES if o.code.replace(".", "") == code), None)
    if code.replace(".", "") == "36":  # the one row of Form 2019
        known = OUTCOME_BY_CODE["3.6.3"]
    assert parse_outcome(text) == known


def test_outcomes_are_those_of_the_form() -> None:
    assert len(OUTCOMES) == 21
    assert list(OUTCOME_BY_CODE) == sorted(OUTCOME_BY_CODE)


@pytest.mark.parametrize("words", [ApplicantKind, Channel, Delivery])
def test_identifiers_and_labels(words: type[ApplicantKind | Channel | Delivery]) -> None:
    parse = {
        ApplicantKind: parse_applicant_kind,
        Channel: parse_channel,
        Delivery: parse_delivery,
    }[words]
    for word in words:
        for text in (word.value, word.label, f" {word.label} ", word.value.upper()):
            assert parse(text) is word
        assert parse(word.label.translate(WIDE)) is word
        assert parse(word.label + "吗") is None
    assert parse("") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("自然人", "natural_person"),
        ("公民", "natural_person"),
        ("个人", "natural_person"),
        ("商业企业", "business"),
        ("科研机构", "research"),
        ("社会公益组织", "public_benefit"),
        ("法律服务机构", "legal_service"),
        ("其他", "other_org"),
        ("法人或其他组织-商业企业", "business"),
        ("法人或其他组织", None),
        ("法人自然人", None),
        ("企业", None),
        ("人", None),
    ],
)
def test_applicant_kinds(text: str, kind: str | None) -> None:
    assert parse_applicant_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("网上", "internet"),
        ("网络", "internet"),
        ("信函", "registered_mail"),
        ("邮寄", "registered_mail"),
        ("挂号信", "registered_mail"),
        ("EMS", "registered_mail"),
        ("ems", "registered_mail"),
        ("邮寄（签收）", "registered_mail"),
        ("平信", "ordinary_mail"),
        ("现场", "in_person"),
        ("邮件", "email"),
        ("口头", "oral"),
        ("电话", None),
        ("邮", None),
    ],
)
def test_channels(text: str, channel: str | None) -> None:
    assert parse_channel(text) == channel


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("邮寄", "posted"),
        ("EMS", "posted"),
        ("当面送达", "handed"),
        ("当面", "handed"),
        ("handed_over", "handed"),
        ("委托送达", "entrusted"),
        ("电子邮件", "electronic"),
        ("公告", None),
    ],
)
def test_deliveries(text: str, delivery: str | None) -> None:
    assert parse_delivery(text) == delivery


def test_every_word_has_its_own_label() -> None:
    for words in (ApplicantKind, Channel, Delivery, EventKind, State):
        labels = [word.label for word in words]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_which_day_a_channel_asks_for() -> None:
    """Regulation 31."""
    asked = {channel.value: channel.receipt_day for channel in Channel}
    assert asked["in_person"] == asked["oral"] == "当面提交之日"
    assert asked["registered_mail"] == "签收之日"
    confirmed = {"ordinary_mail", "internet", "email", "fax"}
    assert {asked[channel] for channel in confirmed} == {"与申请人确认之日"}


def test_which_day_a_delivery_asks_for() -> None:
    """国办公开办函〔2016〕235号."""
    assert [d.conclusion_day for d in Delivery] == ["交邮之日", "签收之日", "签收之日", "发出之日"]


def test_only_an_answer_or_a_withdrawal_concludes() -> None:
    assert [kind.value for kind in EventKind if kind.concludes] == ["decided", "withdrawn"]
    assert [state.value for state in State if state.ended] == ["concluded", "cancelled"]
