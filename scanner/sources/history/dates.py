"""Dates as people give them to git, and none that git would only half understand.

git passes over words that it does not know (``last Smarch`` is a month ago), takes the present day and
time for what is not said (``2025-12`` is a day of November), and lets February have 30 days. In a
search that means a window that is empty, or begins too late, and nobody is told.
"""

from datetime import date
from typing import Any

from scanner.errors import SourceError
from scanner.lazy import lazy_compile
from scanner.repository import printable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)"
)
_HOURS = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_CLOCK = rf"(?P<clock>{_HOURS})(?:\.\d{{1,9}})?"
_ZONE = r"(?:\s*(?P<zone>z|utc|gmt|[+-]\d\d:?[0-5]\d))?"
_AT = rf"(?:(?:t|\s+|\s*,\s*){_CLOCK}{_ZONE})?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DATES = tuple(
    lazy_compile(text)
    for text in (
        rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2{_DAY}{_AT}",
        rf"(?:{_WEEKDAY},?\s+)?{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}{_AT}",
        rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}{_AT}",
        rf"(?:{_WEEKDAY}\s+)?{_MONTH}\s+{_DAY}\s+{_CLOCK}\s+{_YEAR}{_ZONE}",
        rf"{_DAY}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark){_YEAR}{_AT}",
    )
)
_SECONDS = lazy_compile(r"@\d{1,12}(?: [+-]\d{4})?|\d{9,10}")
_NUMBER = r"(?:\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|last)"
_UNIT = r"(?:second|minute|hour|day|week|month|year)s?"
_TIME = rf"(?:noon|midnight|tea|{_HOURS})"
_SPAN = lazy_compile(
    rf"{_NUMBER}[ ._-]?{_UNIT}(?:(?:[ ._-]|, ?| and ){_NUMBER}[ ._-]?{_UNIT}){{0,6}}(?:[ ._-]ago)?"
)
_WORD = lazy_compile(rf"(?:now|{_TIME}|(?:(?:last )?{_WEEKDAY}|yesterday)(?:,? (?:at )?{_TIME})?)")


def spelled(text: str) -> str:
    """Return a date in words that git understands wholly; a day without a time is all of that day.

    >>> spelled("31.12.2025"), spelled("Dec 5th, 2025 14:00 UTC"), spelled("2 weeks ago")
    ('2025-12-31 00:00:00', '2025-12-05 14:00 +0000', '2 weeks ago')

    Raises:
        SourceError: git would guess at it.
    """
    words = " ".join(text.lower().split())
    if words == "today":
        return "midnight"
    if any(form.fullmatch(words) for form in (_SECONDS, _SPAN, _WORD)):
        return words
    for form in _DATES:
        found = form.fullmatch(words)
        if found is not None:
            return _iso(text, found)
    raise _error(text)


def _iso(text: str, found: Any) -> str:
    """Return year, month, day and time in the one order that nobody misreads."""
    month, day = found["month"], int(found["day"])
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    mark = found.groupdict().get("mark")
    if mark is not None and mark != ".":  # the day first, or the month?
        if number > 12 >= day:
            number, day = day, number
        elif day <= 12 and day != number:
            raise _error(text, "which is the month? Write YEAR-MONTH-DAY")
    try:
        iso = date(int(found["year"]), number, day).isoformat()
    except ValueError:
        raise _error(text, "there is no such day") from None
    zone = found["zone"] or ""
    if zone:
        zone = " +0000" if zone in ("z", "utc", "gmt") else f" {zone}"
    return f"{iso} {found['clock'] or '00:00:00'}{zone}"


def _error(
    text: str, why: str = "write YEAR-MONTH-DAY, or how long ago: 2 weeks ago"
) -> SourceError:
    return SourceError(f"the date {printable(text)!r} cannot be understood: {why}")
