"""Comparing any two revisions of a draft, the submitted ones marked, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sunshine.core.publishing.models import Revision, Submission
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import matter, shell, words
from sunshine.text import difference, markup, numbers


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that two revisions say differently."""

    label: str
    segments: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A revision that can be compared."""

    number: int
    label: str


def compare(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """Show what changed between two revisions of one member of a bundle."""
    document = matter.readable(request, reference)
    draft = drafts.draft(document.matter, part)
    revisions = drafts.revisions(draft)
    newest = revisions[0].number if revisions else 0
    after = _number(request, "to", newest)
    before = _number(request, "from", max(after - 1, 1))
    changed = differences(drafts.revision_fields(draft, before), drafts.revision_fields(draft, after))
    return shell.page(
        request,
        "desk/compare.html",
        title=_("Compare: %(title)s") % {"title": draft.fields.get("title", "")},
        place="worklist",
        matter=document.matter,
        draft=draft,
        choices=_choices(revisions, drafts.submissions(document.matter)),
        before=before,
        after=after,
        changed=changed,
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """Return the fields that differ, in the order of the form, each with its segments."""
    return [
        Changed(_(label), difference.compare(_text(name, before.get(name)), _text(name, after.get(name))))
        for name, label in words.FIELDS.items()
        if name in after and _text(name, before.get(name)) != _text(name, after.get(name))
    ]


def _text(name: str, value: Any) -> str:
    if name == "body":
        return str(markup.to_text(str(value or "")))
    if isinstance(value, list):
        return "\n".join(" · ".join(str(part) for part in line.values() if part) for line in value)
    if isinstance(value, Mapping):
        return "\n".join(str(text) for text in value.values())
    return str(value or "")


def _number(request: HttpRequest, name: str, usual: int) -> int:
    given = numbers.typed(request.GET.get(name, ""))
    return usual if given is None else given


def _choices(revisions: Sequence[Revision], submissions: Sequence[Submission]) -> list[Choice]:
    """Return the revisions, newest first; the one that a submission froze says so."""
    frozen: dict[int, int] = {}
    for submission in submissions:
        earlier = [each.number for each in revisions if each.at <= submission.submitted_at]
        if earlier:
            frozen[max(earlier)] = submission.number
    return [_choice(revision, frozen.get(revision.number)) for revision in revisions]


def _choice(revision: Revision, submission: int | None) -> Choice:
    told = {"number": revision.number, "person": revision.author.name, "time": words.moment(revision.at)}
    label = _("Revision %(number)d · %(person)s · %(time)s") % told
    if submission is not None:
        label += " · " + _("submission %(number)d") % {"number": submission}
    return Choice(revision.number, label)
