"""The author's own page: opened by the code, it says whether it counts, and what the answers are."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.design import parts
from sunshine.doors.public import calls, following, page, requests_wording, wording
from sunshine.kernel import errors
from sunshine.kernel.words import gettext_noop
from sunshine.work.participation import texting
from sunshine.work.participation.models import Submission
from sunshine.work.participation.operations import sending
from sunshine.work.participation.queries import calls as queries
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

TEXTS, TEXTS_WITHIN = 3, 3600
"""Codes sent to one telephone in an hour; who needs more confirms at the counter."""

PLACE = following.Place(
    "opinion",
    "public:call_follow",
    gettext_noop("Follow what you said"),
    gettext_noop("Nothing was sent under this code. Look at it letter by letter."),
    queries.submission_of_code,
)
leave = PLACE.leaving()


@dataclass(frozen=True, slots=True)
class Piece:
    """One opinion of the author, and what it was answered."""

    place: int
    text: str
    answer: str
    reason: str


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opened."""
    if http_request.method == "POST":
        return PLACE.open(http_request)
    submission = _opened(http_request)
    return PLACE.ask(http_request) if submission is None else _show(http_request, submission)


@require_http_methods(["POST"])
def telephone(http_request: HttpRequest) -> HttpResponse:
    """Send a code to the telephone that was given."""
    submission = _opened(http_request)
    if submission is None:
        return PLACE.again()
    sent, said = try_telephone(submission)
    return _show(
        http_request, submission, said=said or (_("A code was sent to your telephone.") if sent else "")
    )


@require_http_methods(["POST"])
def confirm(http_request: HttpRequest) -> HttpResponse:
    """Confirm what was sent with the code from the telephone."""
    submission = _opened(http_request)
    if submission is None:
        return PLACE.again()
    try:
        sending.confirm_phone(submission, http_request.POST.get("code", "").strip(), at=timezone.now())
    except errors.RuleBroken as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, submission, said=said, status=422)
    return PLACE.again()


def try_telephone(submission: Submission) -> tuple[bool, str]:
    """Send a code where a gateway is set: whether it went, and what to say where it did not."""
    key = f"codes-sent:{submission.mark}"
    cache.add(key, 0, TEXTS_WITHIN)
    if cache.incr(key) > TEXTS:
        return False, _("Enough codes were sent for now. Confirm at the counter or by calling us.")
    text = _("Your code for the comment call of %(bureau)s: %%(code)s") % {"bureau": page.bureau_name()}
    try:
        sending.send_phone_code(submission, text=text)
    except errors.RuleBroken as refusal:
        return False, " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
    return True, ""


def _opened(http_request: HttpRequest) -> Submission | None:
    key = PLACE.opened(http_request, Submission)
    rows = Submission.objects.select_related("call__matter", "call__record", "call__report")
    return rows.filter(pk=key).first() if key else None


def _show(
    http_request: HttpRequest, submission: Submission, *, said: str = "", status: int = 200
) -> HttpResponse:
    call = submission.call
    stage, tone = calls.stage_of(call)
    title = f"{call.matter.reference}-{submission.number}"
    frame = page.Frame(title=title, crumbs=(parts.Link(_("Follow what you said"), ""),), is_indexed=False)
    is_answered = call.matter.stage == rules.REPORTED.name
    pieces = [
        Piece(
            opinion.paragraph,
            opinion.text,
            calls.answer_of(opinion.group.answer) if is_answered and opinion.group else "",
            opinion.group.reason if is_answered and opinion.group else "",
        )
        for opinion in submission.opinions.select_related("group")
    ]
    hiding = terms.named(submission.hiding, terms.HIDING)
    response = page.show(
        http_request,
        "public/call_follow.html",
        frame,
        status=status,
        heading=call.record.title,
        call_url=reverse("public:call", args=[call.matter.reference]),
        report_url=reverse("public:record", args=[call.report.reference]) if call.report else "",
        stage=stage,
        tone=tone,
        came_on=wording.day(submission.came_at),
        in_grace=submission.in_grace,
        must_confirm=submission.confirmed_at is None and submission.state != terms.HIDDEN.code,
        has_phone=call.identity == terms.BY_PHONE.code and texting.is_possible(),
        is_held=submission.state == terms.HELD.code,
        hidden_because=_(hiding.label) if hiding else "",
        pieces=pieces,
        files=submission.files.count(),
        said=said,
    )
    return following.private(response)
