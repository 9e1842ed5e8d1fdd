"""The reporter's own page: opened by the code, it shows stage, clock, reply, promise, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.design import parts
from sunshine.doors.public import following, letters_wording, page, requests_wording
from sunshine.doors.public.requests_forms import RatingForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.kernel.words import gettext_noop
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Post, Reporter
from sunshine.work.correspondence.queries import cases, posts


def found(code: str) -> Reporter | Post:
    """Return whose page a code opens: a reporter's, or that of a post that waits for a look."""
    try:
        return cases.reporter_of_code(code)
    except errors.NotFound:
        return posts.of_code(code)


PLACE = following.Place(
    "letter",
    "public:letter_follow",
    gettext_noop("Follow your letter"),
    gettext_noop("No letter has this code. Look at it letter by letter."),
    found,
)
leave = PLACE.leaving()


class ReasonForm(forms.Form):
    """Why a reply does not hold."""

    reason = forms.CharField(
        label=gettext_lazy("What is not so?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opened."""
    if http_request.method == "POST":
        return PLACE.open(http_request)
    reporter = _opened(http_request)
    if reporter is not None:
        return _show(http_request, reporter)
    post = _opened_post(http_request)
    return _show_waiting(http_request, post) if post is not None else PLACE.ask(http_request)


@require_http_methods(["POST"])
def act(http_request: HttpRequest, name: str) -> HttpResponse:
    """Do one of the acts that are open to a reporter."""
    reporter = _opened(http_request)
    if reporter is None or name not in DO or reporter.left_at is not None:
        return PLACE.again()
    form = {"contest": ReasonForm, "rate": RatingForm}.get(name, forms.Form)(http_request.POST)
    if not form.is_valid():
        return _show(http_request, reporter, refused=_("Say it in the field, then send."), status=422)
    try:
        DO[name](reporter, dict(form.cleaned_data), timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, reporter, refused=said, status=409)
    return PLACE.again()


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
ACTS = {
    "urge": ("urge",),
    "contest": ("contest",),
    "take_back": ("take_back", "leave_case"),
    "rate": ("rate_case",),
}
"""What a reporter may press, and the acts that it does, of which one is open."""


def _opened(http_request: HttpRequest) -> Reporter | None:
    key = PLACE.opened(http_request, Reporter)
    if key:
        return cases.reporter(key)
    post = _opened_post(http_request)  # it may have gone on since the page was opened
    return cases.reporter_under(post.code_mark) if post is not None else None


def _opened_post(http_request: HttpRequest) -> Post | None:
    key = PLACE.opened(http_request, Post)
    return Post.objects.filter(pk=key).first() if key else None


def _show_waiting(http_request: HttpRequest, post: Post) -> HttpResponse:
    is_erased = not bytes(post.sealed)
    title = _("Your letter was set aside") if is_erased else _("Your letter waits for a look")
    frame = page.Frame(title=title, crumbs=(parts.Link(_("Follow your letter"), ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/letter_waiting.html",
        frame,
        came_at=post.came_at,
        needs_confirmation=bool(post.signs),
        was_set_aside=post.state == posts.SET_ASIDE,
        is_erased=is_erased,
    )
    return following.private(response)


def _show(
    http_request: HttpRequest, reporter: Reporter, *, refused: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    case = cases.case(reporter.case.matter.reference)
    matter = case.matter
    frame = page.Frame(
        title=matter.reference, crumbs=(parts.Link(_("Follow your letter"), ""),), is_indexed=False
    )
    may = cases.acts_of_reporters(matter, at=now) if reporter.left_at is None else frozenset()
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
        is_petition=case.came_from_id is not None and reporter.first_id != case.pk,
        persons=cases.persons(case),
        moments=letters_wording.story(matter, ledger.timeline(matter.reference)),
        may={name: not may.isdisjoint(acts) for name, acts in ACTS.items()},
        left_at=reporter.left_at,
        has_rated=reporter.rating is not None,
        rating_form=RatingForm(),
        reason_form=ReasonForm(),
        refused=refused,
    )
    letters.seen_by_reporter(reporter, at=now)
    return following.private(response)
