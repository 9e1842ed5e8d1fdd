"""The applicant's own page: opened by the code, it shows stage, clocks, letters, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters import queries as matters
from sunshine.core.matters.models import Matter
from sunshine.design import parts
from sunshine.doors.public import page, requests_wording
from sunshine.doors.public.requests_forms import CodeForm, RatingForm, WordForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries, rules
from sunshine.work.requests.models import Request

KEPT_OPEN = 30 * 60
"""Seconds for which the page stays open after the code was typed."""

TRIES, TRIES_WITHIN = 50, 15 * 60
OPENED = "request"


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show the request that it opened."""
    if http_request.method == "POST":
        return _open(http_request)
    matter = _opened(http_request)
    return _ask(http_request, CodeForm()) if matter is None else _show(http_request, matter)


@require_http_methods(["GET"])
def paper(http_request: HttpRequest, file_id: int) -> HttpResponse:
    """Answer a letter or a file of the answer to whoever opened the page with the code."""
    matter = _opened(http_request)
    papers = queries.papers(matter) if matter else []
    found = next((file for file in papers if file.pk == file_id), None)
    if found is None:
        raise Http404
    name, data = requests.opened(found)
    response = HttpResponse(data, content_type=found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return private(response)


@require_http_methods(["POST"])
def leave(http_request: HttpRequest) -> HttpResponse:
    """Close the page again, on a computer that others use."""
    http_request.session.flush()
    return HttpResponseRedirect(reverse("public:follow"))


@require_http_methods(["POST"])
def act(http_request: HttpRequest, name: str) -> HttpResponse:
    """Do one of the acts that are open to the applicant."""
    matter = _opened(http_request)
    if matter is None:
        return HttpResponseRedirect(reverse("public:follow"))
    form = _act_form(name, http_request)
    if form is not None and not form.is_valid():
        return _show(http_request, matter, refused=_("Say it in the field, then send."), status=422)
    try:
        DO[name](matter.pk, dict(form.cleaned_data) if form else {}, timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, _again(matter), refused=said, status=409)
    return HttpResponseRedirect(reverse("public:follow"))


def _complete(matter_id: int, given: dict[str, str], at: datetime) -> None:
    today = timezone.localtime(at).date()
    requests.complete(matter_id, text=given["text"], completed_on=today, actor=APPLICANT, at=at)


def _give_reasons(matter_id: int, given: dict[str, str], at: datetime) -> None:
    requests.give_reasons(matter_id, text=given["text"], actor=APPLICANT, at=at)


def _withdraw(matter_id: int, _given: dict[str, str], at: datetime) -> None:
    requests.withdraw(matter_id, note=_("withdrawn on the applicant’s page"), actor=APPLICANT, at=at)


def _rate(matter_id: int, given: dict[str, str], at: datetime) -> None:
    requests.rate(matter_id, rating=int(given["rating"]), words=given["words"], at=at)


DO: dict[str, Callable[[int, dict[str, str], datetime], None]] = {
    "complete": _complete,
    "give_reasons": _give_reasons,
    "withdraw": _withdraw,
    "rate": _rate,
}


def _act_form(name: str, http_request: HttpRequest) -> forms.Form | None:
    """Return the form of an act with what was sent; None where there is nothing to fill in."""
    if name not in DO:
        raise errors.NotFound()
    if name in ("complete", "give_reasons"):
        return WordForm(http_request.POST)
    return RatingForm(http_request.POST) if name == "rate" else None


def _open(http_request: HttpRequest) -> HttpResponse:
    """Open the page of a code; who guesses is stopped after a few tries."""
    form = CodeForm(http_request.POST)
    place = f"follow:{http_request.META.get('REMOTE_ADDR', '')}"
    if cache.get(place, 0) >= TRIES:
        return _ask(http_request, form, said=_("Too many tries; wait a quarter of an hour."), status=429)
    if not form.is_valid():
        return _ask(http_request, form, status=422)
    try:
        matter = queries.matter_of_code(form.cleaned_data["code"])
    except errors.NotFound:
        cache.add(place, 0, TRIES_WITHIN)
        cache.incr(place)
        return _ask(
            http_request, form, said=_("No request has this code. Look at it letter by letter."), status=404
        )
    http_request.session.cycle_key()
    http_request.session[OPENED] = matter.pk
    http_request.session.set_expiry(KEPT_OPEN)
    return HttpResponseRedirect(reverse("public:follow"))


def _opened(http_request: HttpRequest) -> Matter | None:
    key = http_request.session.get(OPENED)
    return Matter.objects.filter(pk=key, kind=rules.KIND).first() if key else None


def _again(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def _ask(http_request: HttpRequest, form: CodeForm, *, said: str = "", status: int = 200) -> HttpResponse:
    title = _("Follow your request")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    blank = CodeForm()  # what was typed is not shown again
    response = page.show(
        http_request,
        "public/request_code.html",
        frame,
        status=status,
        form=blank,
        said=said,
        wrong=bool(form.errors),
    )
    return private(response)


def _show(http_request: HttpRequest, matter: Matter, *, refused: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    request = Request.objects.select_related("matter__department").get(pk=matter.pk)
    frame = page.Frame(
        title=matter.reference, crumbs=(parts.Link(_("Follow your request"), ""),), is_indexed=False
    )
    open_acts = {
        each.name
        for each in matters.procedure_of(matter).acts_from(matters.procedure_of(matter).stage(matter.stage))
        if APPLICANT in each.by and each.name in DO
    }
    asked = request.words.filter(kind__in=["asked", "demanded"]).last()
    response = page.show(
        http_request,
        "public/request_follow.html",
        frame,
        status=status,
        matter=matter,
        request_=request,
        stage=requests_wording.stage(matter),
        why=requests_wording.why_received(request),
        outcome=requests_wording.outcome(queries.outcome_now(request)) if request.closed_on else "",
        clocks=requests_wording.clocks(matter, now),
        moments=requests_wording.story(matter, ledger.timeline(matter.reference)),
        may_complete="complete" in open_acts,
        may_explain="give_reasons" in open_acts,
        may_withdraw="withdraw" in open_acts,
        may_rate="rate" in open_acts and request.rating is None,
        asked=asked.text if asked else "",
        papers=[
            parts.Link(requests.name_of(file), reverse("public:follow_paper", args=[file.pk]))
            for file in queries.papers(matter)
        ],
        word_form=WordForm(),
        rating_form=RatingForm(),
        refused=refused,
    )
    return private(response)


def private(response: HttpResponse) -> HttpResponse:
    """Keep an applicant's page out of every cache."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
