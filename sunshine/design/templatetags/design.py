"""The components by name. Each takes plain values and shows them; none decides anything.

    {% light "yellow" %}                       {% tag "有效" "good" %}        {% figure 64 url %}
    {% day_ruler reading %}                    {% proof_strip proof %}        {% gate checks %}
    {% timeline moments %}                     {% metadata rows %}            {% comparison segments %}
    {% field form.title %}                     {% error_summary form %}       {% pagination page %}
    {% empty title text action url %}          {% facet_list title links %}   {% worklist_table rows %}
    {% official_document issuer=… number=… title=… %} body {% endofficial_document %}
    {% beside title %} interpretation {% endbeside %}

The shapes (`Check`, `Moment`, `Proof`, `Row`, `Link`) are described in `sunshine.design.parts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sunshine.design import readings, ruler

register = template.Library()

WIDE, FOLDED = 740, 308
GROUPS = 4
SHAPES = {"green": "●", "yellow": "▲", "red": "■"}


@register.inclusion_tag("design/parts/light.html")
def light(value: str, word: str = "") -> dict[str, object]:
    """Show a light as shape, colour and word; `word` replaces the usual one. No light shows a dash."""
    colour = str(value or "").lower()
    usual = {
        "green": pgettext("light", "On time"),
        "yellow": pgettext("light", "Due soon"),
        "red": pgettext("light", "Overdue"),
    }
    return {"colour": colour, "shape": SHAPES.get(colour, "–"), "word": word or usual.get(colour, "")}


@register.inclusion_tag("design/parts/day_ruler.html")
def day_ruler(reading: Any, title: str = "", sentence: str = "") -> dict[str, object]:
    """Draw a clock's reading (a `ruler.Ruler`, anything with its names, or its JSON) wide and folded.

    `sentence` replaces the reading's own, where a door has it in the reader's language.
    """
    value = readings.read(reading)
    labels = ruler.Labels(
        today=_("Today"),
        due=_("Due"),
        left_out=_("… {weeks} weeks …"),
        weekdays=tuple(_("M T W T F S S").split()),
    )
    return {
        "title": title,
        "sentence": sentence or value.sentence,
        "light": value.light,
        # Safe: `ruler.svg` escapes every word it is given.
        "wide": mark_safe(ruler.svg(value, width=WIDE, labels=labels)),  # noqa: S308
        "folded": mark_safe(ruler.svg(value, width=FOLDED, labels=labels)),  # noqa: S308
        "pauses": value.pauses,
        "days": [(day, _day_words(day)) for day in value.days],
        "is_provisional": any(day.provisional for day in value.days),
    }


def _day_words(day: ruler.Day) -> str:
    """Return in words what the drawing shows of one day."""
    kinds = {
        "working": _("working day"),
        "weekend": _("weekend"),
        "holiday": _("public holiday"),
        "swapped": _("working day moved here (班)"),
    }
    marks = {
        "paused": _("clock paused"),
        "extension": _("extension"),
        "today": _("today"),
        "due": _("last day of the period"),
        "provisional": _("calendar not yet announced"),
    }
    return _(", ").join(
        [kinds.get(day.kind, day.kind), *(word for name, word in marks.items() if getattr(day, name))]
    )


@register.inclusion_tag("design/parts/proof_strip.html")
def proof_strip(proof: Any) -> dict[str, object]:
    """Show where something stands in the public log and how anybody can check it."""
    digest = str(_named(proof, "digest", ""))
    size = -(-len(digest) // GROUPS) or 1
    return {"proof": proof, "groups": [digest[at : at + size] for at in range(0, len(digest), size)]}


@register.inclusion_tag("design/parts/gate.html")
def gate(checks: Iterable[Any]) -> dict[str, object]:
    """List the checks of a gate; the first that does not hold is opened, the others stay one line."""
    lines = list(checks)
    unmet = [check for check in lines if _named(check, "state", "") != "met"]
    return {
        "checks": [(check, bool(unmet) and check is unmet[0]) for check in lines],
        "unmet": len(unmet),
        "met": len(lines) - len(unmet),
        "total": len(lines),
    }


@register.inclusion_tag("design/parts/figure.html")
def figure(value: float | str | None, url: str = "", unit: str = "") -> dict[str, object]:
    """Show a number as a link to the list that makes it; without a list it is plain text."""
    shown = (
        "–"
        if value is None
        else value
        if isinstance(value, str)
        else number_format(value, force_grouping=True)
    )
    return {"value": shown, "url": url, "unit": unit}


@register.inclusion_tag("design/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, object]:
    """Tell what happened in sentences, in the order given."""
    return {"entries": entries}


@register.inclusion_tag("design/parts/metadata.html")
def metadata(rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """Show the head of a document: rows are (label, value) or (label, value, url), shown in order.

    A value that is empty shows a dash: the national pattern keeps its places.
    """
    return {"rows": [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]}


@register.inclusion_tag("design/parts/comparison.html")
def comparison(segments: Iterable[Sequence[str]]) -> dict[str, object]:
    """Show two texts as one: segments are (kind, text) with the kinds "same", "added", "removed"."""
    return {"segments": [(kind, text) for kind, text in segments]}


@register.inclusion_tag("design/parts/tag.html")
def tag(label: str, tone: str = "neutral") -> dict[str, object]:
    """Show a short label; `tone` is one of neutral, quiet, good, warn, bad, info."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("design/parts/empty.html")
def empty(title: str, text: str = "", action: Any = None, url: str = "") -> dict[str, object]:
    """Say that there is nothing, and what one can do: `action` is a label with `url`, or a `Link`."""
    label = _named(action, "label", action) if action else ""
    return {"title": title, "text": text, "label": label, "url": url or _named(action, "url", "")}


@register.inclusion_tag("design/parts/facet_list.html")
def facet_list(title: str, options: Iterable[Any], clear_url: str = "") -> dict[str, object]:
    """Offer the values of one facet: `options` are `Link`s with a count; a current one is chosen."""
    return {"title": title, "options": list(options), "clear_url": clear_url}


@register.inclusion_tag("design/parts/worklist_table.html")
def worklist_table(rows: Iterable[Any], caption: str = "") -> dict[str, object]:
    """List matters, one line each, in the order given; j, k and Enter walk it (worklist.js)."""
    return {"rows": [(row, _left_words(_named(row, "left", ""))) for row in rows], "caption": caption}


def _left_words(left: object) -> str:
    if not isinstance(left, int):
        return str(left)
    if left < 0:
        return ngettext("late by %(days)s day", "late by %(days)s days", -left) % {"days": -left}
    return ngettext("%(days)s day", "%(days)s days", left) % {"days": left}


@register.inclusion_tag("design/parts/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Show one form field: label, hint, error, control; what may stay empty says so."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    return {
        "field": bound,
        "kind": kind,
        "is_group": widget.use_fieldset,
        "is_box": kind == "checkbox" and not widget.use_fieldset,
        "is_optional": not bound.field.required,
    }


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """List what stops a form, each line leading to its field; nothing when there is no error."""
    lines = [(_target(bound), error) for bound in form for error in bound.errors]
    return {"general": form.non_field_errors(), "lines": lines}


def _target(bound: BoundField) -> str:
    """Return the id of the control an error leads to: of a group, its first choice."""
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else str(bound.id_for_label)


@register.inclusion_tag("design/parts/pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page[Any], name: str = "page") -> dict[str, object]:
    """Lead through the pages of a list, keeping the rest of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_block_tag(end_name="endofficial_document")
def official_document(
    content: SafeString,
    title: str,
    issuer: str = "",
    number: str = "",
    addressee: str = "",
    signed: str = "",
    dated: str = "",
    note: str = "",
) -> str:
    """Set a body as an official document: the issuer in red, number, red line, title, seal date.

    `addressee` is 主送机关, `signed` 发文机关署名, `dated` 成文日期 and `note` 附注, as they stand on paper.
    """
    return render_to_string(
        "design/parts/official_document.html",
        {
            "content": content,
            "title": title,
            "issuer": issuer,
            "number": number,
            "addressee": addressee,
            "signed": signed,
            "dated": dated,
            "note": note,
        },
    )


@register.simple_block_tag(end_name="endbeside")
def beside(content: SafeString, title: str, anchor: str = "beside") -> str:
    """Set a text beside the main one on wide screens and below it, one press away, on a phone."""
    return render_to_string(
        "design/parts/beside.html", {"content": content, "title": title, "anchor": anchor}
    )


def _named(value: Any, name: str, default: object) -> Any:
    return value.get(name, default) if isinstance(value, Mapping) else getattr(value, name, default)
