"""List rows as HTML. Fifty of them are most of a page, and a template takes five times as long for the same text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from bridgework.web.components.shapes import Action, Chip, Row

Icon = Callable[[str, str], str]


def draw(rows: Iterable[Row], icon: Icon) -> SafeString:
    """Return the items of a list: patient, one sentence, one due chip, one button. Every value is escaped here.

    `icon` draws an icon by its name and size. Buttons of POST actions carry their own address and expect one form
    around the list.
    """
    return mark_safe("".join(_item(row, icon) for row in rows))


def _item(row: Row, icon: Icon) -> str:
    flag = f'{icon("flag-3", "s")} <span class="sr">Red flag: </span>' if row.is_red_flag else ""
    bold = f"<b>{escape(row.sentence_bold)}</b> " if row.sentence_bold else ""
    patient = escape(row.patient)
    return (
        f'<li class="rowx{" flag" if row.is_red_flag else ""}"><div class="who">{flag}'
        f'<a href="{escape(row.url)}">{patient}</a><small>{escape(row.detail)}</small></div>'
        f'<div class="say">{bold}{escape(row.sentence)}</div><div class="due">{_chip(row.chip, icon)}</div>'
        f'<div class="act">{_button(row.action, patient)}</div></li>'
    )


def _chip(chip: Chip | None, icon: Icon) -> str:
    if chip is None:
        return ""
    return f'<span class="chip {escape(chip.kind)}">{icon(chip.icon, "")}{escape(chip.words)}</span>'


def _button(action: Action | None, patient: str) -> str:
    if action is None:
        return ""
    words = f'{escape(action.label)}<span class="sr">, {patient}</span>'
    if action.method != "post":
        return f'<a class="btn row" href="{escape(action.url)}">{words}</a>'
    value = f' name="{escape(action.name)}" value="{escape(action.value)}"' if action.name else ""
    return f'<button class="btn row" formaction="{escape(action.url)}"{value}>{words}</button>'
