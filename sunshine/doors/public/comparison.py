"""Two versions of a record as one text: what went, what came."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, page, wording
from sunshine.text import difference, markup

HEAD = ("title", "number", "department", "topic", "formed_on", "changed_on", "effective_from", "valid_until")
"""Fields of the head that are compared, in the order in which they stand."""


@answer.public
def compare(http_request: HttpRequest, reference: str, number: str, other: str) -> HttpResponse:
    """Show how one version became another."""
    on = timezone.localdate()
    older, newer = sorted((int(number), int(other)))
    before = records.shown(reference, on=on, version=older).version
    after = records.shown(reference, on=on, version=newer)
    title = _("What changed from version %(older)s to version %(newer)s") % {"older": older, "newer": newer}
    frame = page.Frame(
        title=title,
        crumbs=(
            parts.Link(reference, reverse("public:record", args=[reference])),
            parts.Link(title, ""),
        ),
        is_indexed=False,
    )
    old_body, new_body = (
        markup.to_text(str(version.fields.get("body", ""))) for version in (before, after.version)
    )
    return page.show(
        http_request,
        "public/compare.html",
        frame,
        record=after.record,
        heads=_heads(before, after.version),
        segments=difference.compare(old_body, new_body),
        is_same_text=old_body == new_body,
        files=_files(before, after.version),
    )


def _heads(before: records.Version, after: records.Version) -> Sequence[tuple[str, str, str]]:
    """Return label, old and new value of each field of the head that changed."""
    pairs = ((name, before.fields.get(name, ""), after.fields.get(name, "")) for name in HEAD)
    return [(wording.field(name), str(old), str(new)) for name, old, new in pairs if old != new]


def _files(before: records.Version, after: records.Version) -> Sequence[tuple[str, str]]:
    """Return (kind, name) of files that came or went; one whose bytes changed did both."""
    old = {(file.name, file.sha256) for file in before.files}
    new = {(file.name, file.sha256) for file in after.files}
    gone = [("removed", name) for name, _sha256 in sorted(old - new)]
    return gone + [("added", name) for name, _sha256 in sorted(new - old)]
