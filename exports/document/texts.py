"""Texts and days as documents hold them."""

from __future__ import annotations

import re
from datetime import date

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """The text without what no XML file can hold."""
    return _NOT_XML.sub("", text)


def day_of(day: date) -> str:
    """A day as official papers date themselves: 2025年1月20日."""
    return f"{day.year}年{day.month}月{day.day}日"
