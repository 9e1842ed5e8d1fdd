"""The page of a case, a petition, a task or an alert: acts, clocks, who reported, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.core.people.models import Person
from sunshine.doors.desk import downloads, letters_words, listed, shell, words
from sunshine.doors.desk import matter as pages
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Alert, Alias, Case, Reply, SentFile, Task
from sunshine.work.correspondence.queries import cases
from sunshine.work.correspondence.rules import stages, terms

Rows = Sequence[tuple[str, object]]
SHOWN_WHEN_OPEN = frozenset({"withdraw_question"})
"""Acts that few cases ever need: elsewhere their reasons for being shut would help nobody."""

FOREIGN = {
    "open": gettext_noop("open there"),
    "closed": gettext_noop("closed there"),
    "": gettext_noop("nothing told yet"),
}


def readable(request: HttpRequest, reference: str) -> Matter:
    """Return a matter of this room that this officer may read.

    :raises NotFound: there is none, or this officer may not know that there is
    """
    found = cases.matter(reference)
    if not cases.may_read(found, shell.staff(request), at=timezone.now()):
        raise errors.NotFound(Reason(gettext_noop("There is no such case")))
    return found


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one matter with everything an officer needs to take the next step."""
    return _page(request, readable(request, reference))


@require_POST
def who(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the seals of who reported, on demand; the ledger has it that one looked."""
    matter = readable(request, reference)
    labels = {
        "name": _("Name of who writes"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "account": _("Account"),
    }
    opened = letters.view_who(matter.pk, actor=shell.staff(request), at=timezone.now())
    told = [
        (
            letters_words.reporter(row),
            row.text,
            [(label, found[name]) for name, label in labels.items() if name in found],
        )
        for row, found in opened
    ]
    return _page(request, matter, who=told)


def file(request: HttpRequest, reference: str, file_id: int) -> HttpResponse:
    """Answer the bytes of a sealed file of this case or of one joined to it; the log says who looked."""
    matter = readable(request, reference)
    found = SentFile.objects.select_related("case").filter(pk=file_id).first()
    if found is None or matter.pk not in (found.case_id, found.case.joined_into_id):
        raise errors.NotFound(Reason(gettext_noop("There is no such file")))
    name, data = letters.open_file(found, actor=shell.staff(request), at=timezone.now())
    return downloads.download(name, data, found.media_type)


def clock_as_json(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Answer the whole reading of one clock, day by day, with the rules it rests on."""
    return pages.clock_told(readable(request, reference), name)


def acts_for(matter: Matter, person: Person, now: datetime) -> list[pages.ActShown]:
    """Return the acts of the stage for this person, the likely next one first."""
    return pages.acts_shown(matter, cases.acts_open(matter, person, at=now))


def _page(request: HttpRequest, matter: Matter, *, who: Sequence[Any] = ()) -> HttpResponse:
    now, person = timezone.now(), shell.staff(request)
    acts = acts_for(matter, person, now)
    about = {stages.TASK: _of_task, stages.ALERT: _of_alert}.get(matter.kind, _of_case)
    return shell.page(
        request,
        "desk/letter.html",
        title=matter.title,
        place="worklist",
        matter=matter,
        stage=_(matters.procedure_of(matter).stage(matter.stage).label),
        acts=[act for act in acts if act.is_open],
        shut=[act for act in acts if not act.is_open and act.name not in SHOWN_WHEN_OPEN],
        next_by=pages.next_by(matter, acts, now),
        clocks=pages.clocks(matter, now),
        moments=words.timeline(ledger.timeline(matter.reference)),
        who=who,
        is_case=matter.kind in stages.KINDS,
        **about(matter, person, now),
    )


def _of_case(matter: Matter, person: Person, now: datetime) -> dict[str, Any]:
    case = cases.case(matter.reference)
    is_open = matter.closed_at is None
    return {
        "rows": _rows(case),
        "related": _related(case),
        "text": case.text,
        "said": case.words.select_related("by"),
        "news": [(each.at, each.alias, each.words) for each in cases.news(case)],
        "files": [(each.pk, each.media_type, each.size) for each in cases.files_of(case)],
        "replies": [_reply(each) for each in case.replies.select_related("drafted_by", "approved_by")],
        "promises": list(case.promises.filter(replaced=False)),
        "tasks": [
            (each.matter.reference, each.question, each.answer, each.matter.closed_at is not None)
            for each in case.tasks.select_related("matter")
        ],
        "alerts": [each.matter.reference for each in case.alerts.select_related("matter")],
        "waiting": [letters_words.notice(each) for each in cases.waiting_notices(case)],
        "alike": [alike(each) for each in _alike(case, person, now)] if is_open else [],
        "same_person": cases.same_person(case, reader=person, at=now),
        "number_url": reverse("desk:letter_number", args=[matter.reference]),
    }


def _alike(case: Case, person: Person, now: datetime) -> list[cases.Alike]:
    asked: dict[str, Any] = {"kind": case.matter.kind, "service": case.service, "leaving_out": case.pk}
    return cases.alike(case.text, at=now, reader=person, lat=case.lat, lon=case.lon, **asked)


def alike(each: cases.Alike) -> tuple[str, str, str]:
    """Say a case that may be the same: its number, its words, and how near and alike it is."""
    parts = [_("%(share)d %% alike") % {"share": round(each.likeness * 100)}]
    if each.metres is not None:
        parts.append(_("%(metres)d m away") % {"metres": round(each.metres)})
    parts.append(_("%(count)d persons") % {"count": each.persons})
    if each.case.address:
        parts.append(each.case.address)
    return each.case.matter.reference, beginning_of(each.case), " · ".join(parts)


def beginning_of(case: Case) -> str:
    """Return the first words of a case, by which one tells whether it is the same."""
    return case.text[:160]


def _reply(reply: Reply) -> tuple[str, str, Rows]:
    rows = [
        (_("Outcome"), listed.said(reply.outcome, terms.OUTCOMES)),
        (_("Done by"), reply.promised_on or ""),
        (_("Drafted by"), reply.drafted_by),
        (_("Approved by"), reply.approved_by or ""),
        (_("Sent"), words.moment(reply.sent_at)),
        (_("How it goes out"), listed.said(reply.told_by, terms.WAYS_TOLD)),
    ]
    title = _("Reply %(number)d") % {"number": reply.number}
    return title, reply.text, [(label, value) for label, value in rows if value]


def _rows(case: Case) -> Rows:
    rows: list[tuple[str, object]] = [
        (_("Channel"), listed.said(case.channel, terms.CHANNELS)),
        (_("Sort"), listed.said(case.sort, terms.SORTS)),
        (_("What was reported"), case.service.name if case.service else ""),
        *((str(name), value) for name, value in case.asked.items()),
        (_("Kind of petition"), listed.said(case.petition_kind, terms.PETITION_KINDS)),
        (_("Place"), case.address),
        (_("Point (WGS-84)"), _point(case)),
        (_("Arrived"), words.moment(case.arrived_at)),
        (_("Persons"), cases.persons(case)),
        (_("Outcome"), listed.said(case.outcome, terms.OUTCOMES)),
        (_("Replied in time"), {True: _("yes"), False: _("no"), None: ""}[case.was_in_time]),
        (_("Contested"), _("yes") if case.was_contested else ""),
        (_("Under supervision"), _("yes") if case.is_supervised else ""),
        *((_("Known elsewhere as"), _alias(each)) for each in case.aliases.all()),
    ]
    return [(label, value) for label, value in rows if value not in ("", None)]


def _related(case: Case) -> list[tuple[str, str]]:
    """Return the numbers of cases that this one goes on in or came from, each with what it is to this one."""
    became = cases.became(case)
    found = [
        (_("Joined into"), case.joined_into),
        (_("Goes on as the petition"), became),
        (_("Came as the letter"), case.came_from),
    ]
    return [(label, each.matter.reference) for label, each in found if each is not None]


def _point(case: Case) -> str:
    return "" if case.lat is None or case.lon is None else f"{case.lat:.5f}, {case.lon:.5f}"


def _alias(alias: Alias) -> str:
    told = _(FOREIGN.get(alias.status, alias.status))
    urged = _("urged %(count)d times") % {"count": alias.urged} if alias.urged else ""
    return " · ".join(
        filter(None, (f"{alias.source} {alias.number}", told, words.moment(alias.status_at), urged))
    )


def _of_task(matter: Matter, _person: Person, _now: datetime) -> dict[str, Any]:
    # Not the case that it goes on with: that one may say what this department must not read.
    task = Task.objects.select_related("first__matter").get(matter=matter)
    rows = [(_("Of the case"), task.first.matter.reference), (_("Answer"), task.answer)]
    return {
        "rows": [(label, value) for label, value in rows if value],
        "question": task.question,
        "text": task.first.text,
    }


def _of_alert(matter: Matter, _person: Person, _now: datetime) -> dict[str, Any]:
    alert = Alert.objects.select_related("case__matter").get(matter=matter)
    rows = [
        (_("Of the case"), alert.case.matter.reference),
        (_("Known since"), words.moment(alert.known_at)),
        (_("Why"), alert.grounds),
    ]
    return {"rows": rows, "text": alert.case.text}
