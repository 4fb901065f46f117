"""Times as people say them, in the zone of the viewer's office. Pure: the present moment is passed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from bridgework.web.components.shapes import Chip

MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SOON = timedelta(hours=2)


def clock_time(moment: datetime) -> str:
    """Return the time of day of a moment already in its zone: "8:30 AM", "5 PM"."""
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    return f"{hour} {half}" if moment.minute == 0 else f"{hour}:{moment.minute:02d} {half}"


def day_in_year(day: date, *, today: date) -> str:
    """Return "Nov 6", with the year when it is another one."""
    words = f"{MONTHS[day.month - 1]} {day.day}"
    return words if day.year == today.year else f"{words}, {day.year}"


def day(day: date, *, today: date) -> str:
    """Return a heading for a day: "Today", "Yesterday", "Tuesday, Nov 17"."""
    distance = (today - day).days
    if distance == 0:
        return "Today"
    if distance == 1:
        return "Yesterday"
    if distance == -1:
        return "Tomorrow"
    return f"{WEEKDAYS[day.weekday()]}, {day_in_year(day, today=today)}"


def when(moment: datetime, *, at: datetime, zone: tzinfo) -> str:
    """Return "today 10:40 AM", "yesterday 5 PM", "Tue 11:20 AM", "Nov 6, 8:47 PM", "Nov 6, 2024"."""
    local, today = moment.astimezone(zone), at.astimezone(zone).date()
    distance = (today - local.date()).days
    if distance in (-1, 0, 1):
        return f"{ {0: 'today', 1: 'yesterday', -1: 'tomorrow'}[distance] } {clock_time(local)}"
    if abs(distance) < 7:
        return f"{WEEKDAYS[local.weekday()][:3]} {clock_time(local)}"
    if local.year != today.year:
        return day_in_year(local.date(), today=today)
    return f"{day_in_year(local.date(), today=today)}, {clock_time(local)}"


def in_full(moment: datetime, *, zone: tzinfo) -> str:
    """Return the moment without ambiguity, for a tooltip: "Tuesday, November 17, 2026, 10:40 AM PST"."""
    local = moment.astimezone(zone)
    return f"{local:%A, %B} {local.day}, {local.year}, {clock_time(local)} {local.tzname()}"


def how_long(length: timedelta) -> str:
    """Return "52 min", "1 h 5 min", "7 h", "3 days"; never below a minute."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {rest} min" if rest and hours < 4 else f"{hours} h"
    days = hours // 24
    return "1 day" if days == 1 else f"{days} days"


def capital(words: str) -> str:
    """Begin words with a capital letter: "Tomorrow 10 AM"; str.capitalize would write "am"."""
    return words[:1].upper() + words[1:]


def due(due_at: datetime, *, at: datetime, zone: tzinfo) -> Chip:
    """Return the chip that says when something is due: red when late, amber today, else stone."""
    if due_at <= at:
        return Chip("red", "alert-triangle", f"Overdue {how_long(at - due_at)}")
    local, today = due_at.astimezone(zone), at.astimezone(zone).date()
    if due_at - at <= SOON:
        return Chip("amber", "clock", f"{how_long(due_at - at)} left")
    distance = (local.date() - today).days
    if distance == 0:
        return Chip("amber", "clock", f"Due today {clock_time(local)}")
    if distance == 1:
        return Chip("stone", "clock", f"Tomorrow {clock_time(local)}")
    if distance < 7:
        return Chip("stone", "clock", f"Due {WEEKDAYS[local.weekday()]}")
    return Chip("stone", "clock", f"Due {day_in_year(local.date(), today=today)}")


def waiting(since: datetime, *, at: datetime) -> Chip:
    """Return the chip of someone who waits: amber from an hour, red from two days."""
    length = at - since
    words = f"Waiting {how_long(length)}"
    if length >= timedelta(days=2):
        return Chip("red", "hourglass", words)
    return Chip("amber" if length >= timedelta(hours=1) else "stone", "hourglass", words)
