"""Template tags of the parts; built in, so no page loads them.

Parts that take a whole shape are includes in `templates/components/`; here is what needs Python: icons, times,
fields of forms and the tooth chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.forms.boundfield import BoundWidget
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bridgework.accounts.models import Role
from bridgework.dentistry import teeth
from bridgework.lib import clock
from bridgework.web.components import row_drawing, times, tooth_drawing
from bridgework.web.components.icons import ICON_NAMES
from bridgework.web.components.shapes import Chip, Row, ToothChart

register = template.Library()

STYLESHEETS = [
    "tokens",
    "ground",
    "shell",
    "surfaces",
    "buttons",
    "chips",
    "lists",
    "standing",
    "timeline",
    "packet",
    "forms",
    "teeth",
    "tables",
    "talk",
    "plain",
    "print",
]

# field -> value -> icon, for choices whose values say how much hurry there is
CHOICE_ICONS: Mapping[str, Mapping[str, str]] = {
    "urgency": {"soon": "clock", "urgent": "alert-triangle", "emergency": "flag-3"}
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite beside a word. `size` "s" is the small one. Raises KeyError for an unknown name."""
    return _icon(name, size) if name else SafeString("")


@lru_cache(maxsize=512)
def _icon(name: str, size: str) -> SafeString:
    if name not in ICON_NAMES:
        raise KeyError(f"no icon named {name!r} in static/vendor/tabler-icons.svg")
    classes = f"i {size}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, static("vendor/tabler-icons.svg"), name
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """Link the style sheet of every component, in order."""
    return SafeString("\n".join(_stylesheet(name) for name in STYLESHEETS))


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    """Link one more style sheet, for a page that alone needs it."""
    return _stylesheet(name)


def _stylesheet(name: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static(f"css/{name}.css"))


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | None) -> SafeString:
    """Say a moment in the viewer's zone as people say it, with the full one as a tooltip. Nothing for None."""
    if moment is None:
        return SafeString("")
    zone = timezone.get_current_timezone()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        times.in_full(moment, zone=zone),
        times.when(moment, at=_now(context), zone=zone),
    )


@register.simple_tag(takes_context=True)
def due_chip(context: Context, due_at: datetime | None) -> SafeString:
    """Draw the chip that says when something is due, in the viewer's zone. Nothing for None."""
    if due_at is None:
        return SafeString("")
    return chip(times.due(due_at, at=_now(context), zone=timezone.get_current_timezone()))


@register.simple_tag
def chip(shape: Chip | None) -> SafeString:
    """Draw a chip: icon and words. Nothing for None."""
    if not shape:
        return SafeString("")
    return format_html('<span class="chip {}">{}{}</span>', shape.kind, icon(shape.icon), shape.words)


@register.simple_tag
def list_rows(rows: Iterable[Row]) -> SafeString:
    """Draw the items of a list of rows."""
    return row_drawing.draw(rows, icon)


@register.simple_tag
def tooth_words(universal: Iterable[str]) -> str:
    """Say teeth: "#19 (FDI 36) lower left first molar" for one, "#17, #32" for more."""
    picked = list(universal)
    if len(picked) == 1:
        return f"#{picked[0]} (FDI {teeth.to_fdi(picked[0])}) {teeth.name(picked[0])}"
    return ", ".join(f"#{number}" for number in picked)


@register.simple_tag
def role_words(role: str) -> str:
    """Say a role as it stands under a person's name: "treatment coordinator". Nothing without one."""
    return str(Role(role).label).lower() if role else ""


@register.inclusion_tag("components/tooth_chart.html")
def tooth_chart(chart: ToothChart) -> dict[str, object]:
    """Draw the chart, the list of checkboxes and the field for numbers. Posts `teeth` (many), `teeth_typed`, `dentition`."""
    permanent, primary = tooth_drawing.permanent(), tooth_drawing.primary()
    drawn = {tooth.universal: tooth for tooth in (*permanent, *primary)}
    return {
        "chart": chart,
        "permanent": permanent,
        "primary": primary,
        "permanent_quadrants": tooth_drawing.quadrants(permanent),
        "primary_quadrants": tooth_drawing.quadrants(primary),
        "only": drawn.get(chart.picked[0]) if len(chart.picked) == 1 else None,
        "extra": tuple(number for number in chart.picked if number not in drawn),
        "dentitions": (("permanent", "Adult"), ("primary", "Child"), ("mixed", "Both")),
    }


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, size: str = "", label: str = "", shown: int = 0) -> dict[str, object]:
    """Draw a form field: label, control, hint and errors tied together. `size` is short, medium or empty; `label` "sr"
    leaves the label to screen readers, where a heading beside the field says the same; `shown` folds the buttons
    after that many under "More", unless the picked one is among them.

    Few choices become visible buttons, a single yes or no a tick box, many ticks a list.
    """
    widget = bound.field.widget
    look = "control"
    if isinstance(widget, CheckboxSelectMultiple):
        look = "ticks"
    elif isinstance(widget, RadioSelect):
        look = "choices"
    elif isinstance(widget, CheckboxInput):
        look = "tick"
    attrs = {} if look in ("ticks", "choices") else _attributes(bound, size)
    control = bound.as_widget(attrs=attrs) if look in ("control", "tick") else ""
    context: dict[str, object] = {"field": bound, "look": look, "control": control, "label": label}
    options = _options(bound) if look == "choices" else []
    cut = shown if 0 < shown < len(options) - 1 else len(options)
    is_open = any(option.data["selected"] for option, _ in options[cut:])
    return context | {
        "options": options[:cut],
        "folded": options[cut:],
        "is_open": is_open,
        "is_optional": not bound.field.required,
    }


def _options(bound: BoundField) -> list[tuple[BoundWidget, str]]:
    icons = CHOICE_ICONS.get(bound.name, {})
    return [(option, icons.get(str(option.data["value"]), "")) for option in bound]


def _attributes(bound: BoundField, size: str) -> dict[str, str | bool]:
    widget = bound.field.widget
    attrs: dict[str, str | bool] = {}
    if not isinstance(widget, CheckboxInput | FileInput):
        own = str(widget.attrs.get("class", ""))
        attrs["class"] = " ".join(part for part in ("input", size, own) if part)
    if isinstance(widget, Select) and size == "":
        attrs["class"] = f"{attrs['class']} medium"
    return attrs


@register.inclusion_tag("components/fields.html")
def fields(form: BaseForm, layout: str = "") -> dict[str, object]:
    """Draw all visible fields of a form under each other; `layout` "pair" sets short ones side by side."""
    return {"form": form, "layout": layout}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm | str | None, takes_focus: bool = True) -> dict[str, object]:
    """List what is wrong above a form, each with a link to its field. Nothing when nothing is."""
    if not isinstance(form, BaseForm) or not form.is_bound or form.is_valid():
        return {"problems": []}
    problems = [(bound.id_for_label or bound.auto_id, bound.label, error) for bound in form for error in bound.errors]
    problems += [("", "", error) for error in form.non_field_errors()]
    return {"problems": problems, "takes_focus": takes_focus}


def _now(context: Context) -> datetime:
    passed = context.get("now")
    return passed if isinstance(passed, datetime) else clock.now()
