"""The author's own page: opened by the code, it says whether it counts, and what the answers are."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.design import parts
from sunshine.doors.public import calls, page, requests_wording, wording
from sunshine.doors.public.calls_forms import CodeForm
from sunshine.kernel import errors
from sunshine.work.participation import texting
from sunshine.work.participation.models import Submission
from sunshine.work.participation.operations import sending
from sunshine.work.participation.queries import calls as queries
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

KEPT_OPEN = 30 * 60
"""Seconds for which the page stays open after the code was typed."""

TRIES, TRIES_WITHIN = 50, 15 * 60
TEXTS, TEXTS_WITHIN = 3, 3600
"""Codes sent to one telephone in an hour; who needs more confirms at the counter."""

OPENED = "opinion"


@dataclass(frozen=True, slots=True)
class Piece:
    """One opinion of the author, and what it was answered."""

    place: int
    text: str
    answer: str
    reason: str


def open_for(http_request: HttpRequest, submission: Submission) -> None:
    """Let this browser see what was just sent, for a while."""
    http_request.session.cycle_key()
    http_request.session[OPENED] = submission.pk
    http_request.session.set_expiry(KEPT_OPEN)


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opened."""
    if http_request.method == "POST":
        return _open(http_request)
    submission = _opened(http_request)
    return _ask(http_request) if submission is None else _show(http_request, submission)


@require_http_methods(["POST"])
def leave(http_request: HttpRequest) -> HttpResponse:
    """Close the page again, on a computer that others use."""
    http_request.session.flush()
    return HttpResponseRedirect(reverse("public:call_follow"))


@require_http_methods(["POST"])
def telephone(http_request: HttpRequest) -> HttpResponse:
    """Send a code to the telephone that was given."""
    submission = _opened(http_request)
    if submission is None:
        return HttpResponseRedirect(reverse("public:call_follow"))
    sent, said = try_telephone(submission)
    return _show(
        http_request, submission, said=said or (_("A code was sent to your telephone.") if sent else "")
    )


@require_http_methods(["POST"])
def confirm(http_request: HttpRequest) -> HttpResponse:
    """Confirm what was sent with the code from the telephone."""
    submission = _opened(http_request)
    if submission is None:
        return HttpResponseRedirect(reverse("public:call_follow"))
    try:
        sending.confirm_phone(submission, http_request.POST.get("code", "").strip(), at=timezone.now())
    except errors.RuleBroken as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, submission, said=said, status=422)
    return HttpResponseRedirect(reverse("public:call_follow"))


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


def _open(http_request: HttpRequest) -> HttpResponse:
    form = CodeForm(http_request.POST)
    place = f"follow-opinion:{http_request.META.get('REMOTE_ADDR', '')}"
    if cache.get(place, 0) >= TRIES:
        return _ask(http_request, said=_("Too many tries; wait a quarter of an hour."), status=429)
    if not form.is_valid():
        return _ask(http_request, said=_("Type the code."), status=422)
    try:
        submission = queries.submission_of_code(form.cleaned_data["code"])
    except errors.NotFound:
        cache.add(place, 0, TRIES_WITHIN)
        cache.incr(place)
        said = _("Nothing was sent under this code. Look at it letter by letter.")
        return _ask(http_request, said=said, status=404)
    open_for(http_request, submission)
    return HttpResponseRedirect(reverse("public:call_follow"))


def _opened(http_request: HttpRequest) -> Submission | None:
    key = http_request.session.get(OPENED)
    rows = Submission.objects.select_related("call__matter", "call__record", "call__report")
    return rows.filter(pk=key).first() if key else None


def _ask(http_request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    title = _("Follow what you said")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/call_code.html",
        frame,
        status=status,
        form=CodeForm(),
        said=said,
        opens=reverse("public:call_follow"),
    )
    return calls.private(response)


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
        code_form=CodeForm(),
        said=said,
    )
    return calls.private(response)
