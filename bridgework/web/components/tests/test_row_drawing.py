"""List rows are drawn in Python for speed; what people typed stays text there too."""

from __future__ import annotations

from django.template import Context, Template

from bridgework.web.components.shapes import Action, Chip, Row

NASTY = "<script>alert('x')</script>\" onclick=\"y"


def drawn(row: Row) -> str:
    return Template('{% include "components/rows.html" %}').render(Context({"rows": [row], "label": "Rows"}))


def test_nothing_that_was_typed_becomes_markup_in_any_part_of_a_row() -> None:
    action = Action(NASTY, f"/x?{NASTY}", method="post", name=NASTY, value=NASTY)
    html = drawn(Row(NASTY, NASTY, NASTY, NASTY, NASTY, Chip(NASTY, "clock", NASTY), action, is_red_flag=True))  # type: ignore[arg-type]
    assert "<script" not in html
    assert '" onclick' not in html
    assert html.count("&lt;script&gt;") == 12


def test_a_row_has_patient_sentence_chip_and_button_in_this_order() -> None:
    action = Action("Accept", "/accept", method="post", name="key", value="7")
    html = drawn(Row("Elena", "46 · #30", "/elena", "Waits.", "Now.", Chip("red", "clock", "Late"), action))
    parts = ['<a href="/elena">Elena</a><small>46 · #30</small>', "<b>Now.</b> Waits.", '<span class="chip red">',
             'formaction="/accept" name="key" value="7">Accept<span class="sr">, Elena</span></button>']  # fmt: skip
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)


def test_a_link_is_a_link_and_a_red_flag_is_said_in_words() -> None:
    html = drawn(Row("Elena", "", "/e", "Waits.", action=Action("Open", "/open"), is_red_flag=True))
    assert '<a class="btn row" href="/open">Open<span class="sr">, Elena</span></a>' in html
    assert "Red flag: " in html
    assert 'class="rowx flag"' in html
