"""Dates that git understands wholly, and all others as errors."""

import subprocess
import time

import pytest

from scanner.errors import SourceError
from scanner.sources.history.dates import spelled

DAY = 24 * 60 * 60


def moment(words):
    """Return what git makes of a date, in seconds since 1970; time zone UTC."""
    asked = ["git", "rev-parse", f"--since={words}"]
    done = subprocess.run(asked, capture_output=True, check=True, env={"TZ": "UTC"})
    return int(done.stdout.strip().removeprefix(b"--max-age="))


@pytest.mark.parametrize(
    "text",
    [
        "2025-12-31", "2025/12/31", "2025.12.31", "31.12.2025", "31/12/2025", "12/31/2025", "31-12-2025",
        "31 Dec 2025", "Dec 31, 2025", "December 31st 2025", "Wed, 31 Dec 2025", "wed dec 31 00:00 2025",
        "2025-12-31T00:00:00Z", "2025-12-31 00:00:00.000 UTC", "2025-12-31T02:00+02:00",
        "Wed Dec 31 01:00:00 2025 +0100", "Wed, 31 Dec 2025 00:00:00 +0000", "1767139200", "@1767139200",
    ],
)  # fmt: skip
def test_a_day(text):
    """However it is written it is the same moment, the beginning of that day."""
    assert moment(spelled(text)) == 1767139200


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2 weeks ago", 14), ("2.weeks.ago", 14), ("two weeks", 14), ("last week", 7), ("yesterday", 1),
        ("1 week and 3 days ago", 10), ("1 day, 24 hours ago", 2), ("now", 0), ("86400 seconds ago", 1),
    ],
)  # fmt: skip
def test_how_long_ago(text, days):
    assert abs(time.time() - days * DAY - moment(spelled(text))) < 100


def test_today_is_all_of_today():
    now = int(time.time())
    assert now - DAY - 100 < moment(spelled("today")) <= now
    assert moment(spelled("today")) % DAY == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "garbage", "last Smarch", "2 monthz ago", "a week ago", "weeks ago", "2025", "2025-12", "Dec 2025",
        "Dec 5", "2025-13-45", "2025-31-12", "2025-02-30", "feb 30 2025", "29.2.2023", "31/12/25", "20251231",
        "2025-12-31 25:00", "2025-12-31 noonish", "05/06/2025", "never", "2 weeks ago tomorrow", "--all",
    ],
)  # fmt: skip
def test_what_git_would_guess_at(text):
    """Unknown words, days that are none, and what leaves out the day or the order."""
    with pytest.raises(SourceError, match="cannot be understood"):
        spelled(text)
