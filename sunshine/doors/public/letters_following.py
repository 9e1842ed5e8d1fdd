"""The reporter's own page: opened by the code, it shows stage, clock, reply, promise, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.design import parts
from sunshine.doors.public import letters_wording, page, requests_wording
from sunshine.doors.public.requests_forms import CodeForm, RatingForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post, Reporter
from sunshine.work.correspondence.queries import cases, posts

KEPT_OPEN = 30 * 60
TRIES, TRIES_WITHIN = 50, 15 * 60
OPENED, WAITING = "letter", "letter_waiting"


class ReasonForm(forms.Form):
    """Why a reply does not hold."""

    reason = forms.CharField(
        label=gettext_lazy("What is not so?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opened."""
    if http_request.method == "POST":
        return _open(http_request)
    reporter = _opened(http_request)
    if reporter is not None:
        return _show(http_request, reporter)
    post = Post.objects.filter(pk=http_request.session.get(WAITING, 0)).first()
    return _show_waiting(http_request, post) if post is not None else _ask(http_request)


@require_http_methods(["POST"])
def leave(http_request: HttpRequest) -> HttpResponse:
    """Close the page again, on a computer that others use."""
    http_request.session.flush()
    return HttpResponseRedirect(reverse("public:letter_follow"))


@require_http_methods(["POST"])
def act(http_request: HttpRequest, name: str) -> HttpResponse:
    """Do one of the acts that are open to a reporter."""
    reporter = _opened(http_request)
    if reporter is None or name not in DO:
        return HttpResponseRedirect(reverse("public:letter_follow"))
    form = {"contest": ReasonForm, "rate": RatingForm}.get(name, forms.Form)(http_request.POST)
    if not form.is_valid():
        return _show(http_request, reporter, refused=_("Say it in the field, then send."), status=422)
    try:
        DO[name](reporter, dict(form.cleaned_data), timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, reporter, refused=said, status=409)
    return HttpResponseRedirect(reverse("public:letter_follow"))


def _urge(reporter: Reporter, _given: dict[str, str], at: datetime) -> None:
    letters.urge(reporter.case_id, actor=APPLICANT, at=at)


def _contest(reporter: Reporter, given: dict[str, str], at: datetime) -> None:
    letters.contest(reporter.case_id, reason=given["reason"], actor=APPLICANT, at=at)


def _take_back(reporter: Reporter, _given: dict[str, str], at: datetime) -> None:
    letters.take_back(reporter.case_id, reporter=reporter.pk, actor=APPLICANT, at=at)


def _rate(reporter: Reporter, given: dict[str, str], at: datetime) -> None:
    letters.rate(
        reporter.case_id,
        reporter=reporter.pk,
        rating=int(given["rating"]),
        rating_words=given["words"],
        actor=APPLICANT,
        at=at,
    )


DO: dict[str, Callable[[Reporter, dict[str, str], datetime], None]] = {
    "urge": _urge,
    "contest": _contest,
    "take_back": _take_back,
    "rate": _rate,
}
ACTS = {"urge": "urge", "contest": "contest", "take_back": "take_back", "rate": "rate_case"}


def _open(http_request: HttpRequest) -> HttpResponse:
    """Open the page of a code; who guesses is stopped after a few tries."""
    form = CodeForm(http_request.POST)
    place = f"letter:{http_request.META.get('REMOTE_ADDR', '')}"
    if cache.get(place, 0) >= TRIES:
        return _ask(http_request, said=_("Too many tries; wait a quarter of an hour."), status=429)
    if not form.is_valid():
        return _ask(http_request, said=_("Type the code."), status=422)
    found = _found(form.cleaned_data["code"])
    if found is None:
        cache.add(place, 0, TRIES_WITHIN)
        cache.incr(place)
        return _ask(http_request, said=_("No letter has this code. Look at it letter by letter."), status=404)
    http_request.session.cycle_key()
    for name in (OPENED, WAITING):
        http_request.session.pop(name, None)
    http_request.session[WAITING if isinstance(found, Post) else OPENED] = found.pk
    http_request.session.set_expiry(KEPT_OPEN)
    return HttpResponseRedirect(reverse("public:letter_follow"))


def _found(code: str) -> Reporter | Post | None:
    for ask in (cases.reporter_of_code, posts.of_code):
        try:
            return ask(code)
        except errors.NotFound:
            continue
    return None


def _opened(http_request: HttpRequest) -> Reporter | None:
    key = http_request.session.get(OPENED)
    return cases.reporter(int(key)) if key else None


def _ask(http_request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    title = _("Follow your letter")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    response = page.show(
        http_request, "public/letter_code.html", frame, status=status, form=CodeForm(), said=said
    )
    return private(response)


def _show_waiting(http_request: HttpRequest, post: Post) -> HttpResponse:
    title = _("Your letter waits for a look")
    frame = page.Frame(title=title, crumbs=(parts.Link(_("Follow your letter"), ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/letter_waiting.html",
        frame,
        came_at=post.came_at,
        needs_confirmation=bool(post.signs),
        was_set_aside=post.state == posts.SET_ASIDE,
    )
    return private(response)


def _show(
    http_request: HttpRequest, reporter: Reporter, *, refused: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    case = cases.case(reporter.case.matter.reference)
    matter = case.matter
    frame = page.Frame(
        title=matter.reference, crumbs=(parts.Link(_("Follow your letter"), ""),), is_indexed=False
    )
    may = cases.acts_of_reporters(matter, at=now)
    promise = case.promises.filter(replaced=False).last()
    reply = case.replies.filter(sent_at__isnull=False).last()
    response = page.show(
        http_request,
        "public/letter_follow.html",
        frame,
        status=status,
        matter=matter,
        stage=requests_wording.stage(matter),
        outcome=letters_wording.outcome(case.outcome) if case.closed_on else "",
        clocks=requests_wording.clocks(matter, now),
        text=reporter.text,
        reply=reply,
        promise=promise,
        joined=reporter.first.matter.reference if reporter.first_id != case.pk else "",
        persons=cases.persons(case),
        moments=letters_wording.story(matter, ledger.timeline(matter.reference)),
        may={name: ACTS[name] in may for name in ACTS},
        has_rated=reporter.rating is not None,
        rating_form=RatingForm(),
        reason_form=ReasonForm(),
        refused=refused,
    )
    letters.seen_by_reporter(reporter, at=now)
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page that is somebody's own out of every cache."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
