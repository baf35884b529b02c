"""Whose report a paper is, and of which year: from its title, its signature, or its file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from db.words.text import nfkc, one_line
from db.year_end.narrative import Part
from exports.consolidation.labels import plain

_SUBJECT = r"(?:(?:政府)?信息公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
_YEAR = r"(?P<year>20[0-9]{2}|二[〇○零Oo０][一二三四五六七八九〇○零]{2})"
_TITLE = re.compile(
    rf"(?P<before>[^，。；：！？]{{0,60}}?){_YEAR}年?(?:度)?(?P<after>[^，。；：]{{0,40}}?){_SUBJECT}"
)
_YEAR_LAST = re.compile(
    rf"(?P<before>[^，。；：！？]{{0,60}}?)(?P<after>){_SUBJECT}[（(]?{_YEAR}年?度?"
)
_YEAR_WITHIN = re.compile(
    rf"(?P<before>[^，。；：！？]{{2,60}}?)(?P<after>)(?:政府)?信息公开(?:工作)?{_YEAR}年?度?"
    r"(?:工作)?(?:情况)?(?:的)?(?:报告|年报)"
)
_NO_YEAR = re.compile(rf"(?P<before>[^，。；：！？]{{2,60}}?){_SUBJECT}")
_WAY = re.compile(r"^.*首页.*[>＞»/]|^[A-Za-z0-9]*[\s_.\-–—]+")
"""Where in the site a page stands, or on which page of a book."""
_DAY = re.compile(
    r"^(?:20[0-9]{2}|二[〇○零Oo０][一二三四五六七八九〇○零]{2})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日$"
)
_NAMED = re.compile(r"(20[0-9]{2})")
_FILLED = re.compile(
    r"(?:填报|报送|编制|受理|报告)?(?:单位|机关)(?:名称|全称)?(?:[（(]盖?公?章[)）])?[:：](.{0,50})$"
)
_YEAR_OF = re.compile(r"(20[0-9]{2})年度")
_PERIOD = re.compile(r"统计(?:期限|时间|范围)?[^。]{0,12}?(20[0-9]{2})年1月1日")
_NUMERALS = {
    sign: str(n) for n, signs in enumerate(("〇○零Oo０", *"一二三四五六七八九")) for sign in signs
}
_ORDINAL = re.compile(r"^(?:附件)?[（(]?[0-9]{1,3}[）)]?[.、．:：\-—_ ]*(?![0-9])")
"""Before the name of a file; a year is none."""
_TOP, _FOOT = 60, 14
_LONGEST_ORGAN = 50
_LONGEST_TITLE = 160
_NO_TITLE = re.compile(r"[，。；：>＞]|按照|根据|现将|编制|公布|^[现我本]")
_NO_ORGAN = re.compile(
    r"[，。；：、！？《》“”]|附件|目录|首页|当前位置|来源|发布|日期|索引|报告$|年报$"
)
_ORGAN_END = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|部|院|府|政府|处|站|中心|队|支队|所|社|会|公司|大学|学院|学校|医院|馆|"
    r"街道|镇|乡|区|县|市|行|台|署|总社|联合会|管委会|集团)$"
)
_PARTS: tuple[tuple[str, Part | None], ...] = (
    ("总体情况", Part.OVERVIEW),
    ("主动公开政府信息", None),
    ("收到和处理政府信息公开申请", None),
    ("行政复议、行政诉讼", None),
    ("行政复议和行政诉讼", None),
    ("被申请行政复议", None),
    ("存在的主要问题及改进", Part.PROBLEMS),
    ("存在的主要问题和改进", Part.PROBLEMS),
    ("存在问题及改进", Part.PROBLEMS),
    ("其他需要报告的事项", Part.OTHERS),
)
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七][、.．，]|[1-7１-７][、.．]|第[一二三四五六]部分)\s*(.{2,40})$"
)


@dataclass(frozen=True, slots=True)
class Whose:
    """As the paper says; empty, or None, where it does not."""

    organ: str = ""
    signed: str = ""
    year: int | None = None
    named: str = ""
    """The organ that the file's name tells."""
    texts: dict[Part, str] = field(default_factory=dict)


def whose_report(
    name: str, lines: Sequence[str], over: Sequence[str] = (), wanted: int | None = None
) -> Whose:
    """Of the name of a file and what stands in it outside its tables, and `over` them in cells;
    `wanted` is the year that is asked for."""
    told = [line for each in lines if (line := _squeezed(each))]
    stem = _ORDINAL.sub("", PurePath(name).stem)
    by_name, year_of_name = _title([_squeezed(stem)])
    named = by_name or _organ_of_name(stem)
    signed = _signature(told)
    organ, year = _title(told, wanted, {signed, named} - {""})
    organ = organ or next(filter(None, map(_without_year, told[:_TOP])), "")
    filled = [found for each in over if (found := _FILLED.match(_squeezed(each)))]
    organ = organ or next((found[1] for found in filled if found[1]), "")
    said = (_YEAR_OF.match(_squeezed(each)) for each in over)
    year = year or next((int(found[1]) for found in said if found), None)
    if year is None:
        year = next((int(found[1]) for line in told if (found := _PERIOD.search(line))), None)
    if year is None:
        found = _NAMED.search(stem)
        year = year_of_name or (int(found[1]) if found else None)
    return Whose(organ or signed or named, signed, year, named, _texts(lines))


def _squeezed(line: str) -> str:
    return "".join(plain(line).split())


def _title(
    lines: Sequence[str], wanted: int | None = None, organs: Collection[str] = ()
) -> tuple[str, int | None]:
    """The title near the top, written in one line or several: of the year that is asked for, if one
    is; one that names an organ goes first, before all one of those that sign or that the file's name
    tells, else what is said most often. Sites list the reports of other years and organs beside it."""
    found = list(_titles(lines[:_TOP]))
    if not found:
        return "", None
    often = Counter(found)
    return max(
        found,
        key=lambda title: (
            title[1] == wanted,
            bool(title[0]),
            title[0] in organs,
            often[title],
        ),
    )


def _titles(top: Sequence[str]) -> Iterator[tuple[str, int | None]]:
    for many in (1, 2, 3, 4):
        for start in range(len(top) - many + 1):
            whole = "".join(top[start : start + many])
            whole = _WAY.sub("", whole)
            if len(whole) >= _LONGEST_TITLE:
                continue
            found = _TITLE.match(whole) or _YEAR_LAST.match(whole) or _YEAR_WITHIN.match(whole)
            if found is None or whole.endswith(
                "".join(top[start + many - 1 : start + many]), found.end()
            ):
                continue  # none, or one that the lines before the last already tell
            organ = _organ_in_title(found["before"], found["after"])
            if not organ and start and _is_organ(top[start - 1]):
                organ = top[start - 1]
            if len(organ) <= _LONGEST_ORGAN and not _NO_TITLE.search(organ):
                yield organ, _number(found["year"])


def _without_year(line: str) -> str:
    """The organ of a title that tells no year."""
    found = _NO_YEAR.fullmatch(_WAY.sub("", line))
    organ = _organ_in_title(found["before"], "") if found else ""
    return organ if _is_organ(organ) and not _NO_TITLE.search(organ) else ""


def _organ_in_title(before: str, after: str) -> str:
    organ = before + after if _ORGAN_END.search(after) else before or after
    organ = (
        organ.strip("《〈“” -—_|#*").removeprefix("关于").removesuffix("的").partition("关于")[0]
    )
    return "" if organ == "政府" else organ  # of 政府信息公开, whose organ stands over it


def _number(year: str) -> int:
    return int("".join(_NUMERALS.get(sign, sign) for sign in nfkc(year)))


def _signature(lines: Sequence[str]) -> str:
    """The organ over the day at the foot."""
    foot = lines[-_FOOT:]
    for at in range(len(foot) - 1, 0, -1):
        if _DAY.match(nfkc(foot[at])) and _is_organ(foot[at - 1]):
            return foot[at - 1]
    return ""


def _is_organ(line: str) -> bool:
    return (
        3 <= len(line) <= _LONGEST_ORGAN
        and _NO_ORGAN.search(line) is None
        and _ORGAN_END.search(line) is not None
    )


def _organ_of_name(stem: str) -> str:
    """What of a file's name is left without year and subject."""
    told = re.sub(
        _SUBJECT
        + r"|20[0-9]{2}年?度?|(?:年度)?(?:工作)?(?:报告|年报)|[（(].*?[)）]|副本|终稿|定稿|最终版?|附件[0-9]*",
        "",
        stem,
    )
    told = told.strip(" -—_.、：:").removeprefix("关于").removesuffix("的")
    return told if _is_organ(told) else ""


def _texts(lines: Sequence[str]) -> dict[Part, str]:
    """Parts 一, 五 and 六, each from its heading to the next."""
    told: dict[Part, list[str]] = {}
    part: Part | None = None
    for line in lines:
        text = one_line(plain(line))
        found = _HEADING.match(text)
        heading = found and next(
            ((name, each) for name, each in _PARTS if name in _squeezed(found[1])), None
        )
        if heading:
            part = heading[1]
            if part is not None and part in told:
                part = None  # of a second copy, or a list of contents: the longer one stays
            continue
        if part is not None and text:
            told.setdefault(part, []).append(text)
    return {part: "\n".join(texts) for part, texts in told.items()}
