"""The only place that reads the time. Views, jobs and commands call it once and pass the result on as `at`."""

from datetime import UTC, datetime


def now() -> datetime:
    """Read the clock; always aware, always UTC."""
    return datetime.now(UTC)
