"""The applicant's own page: opened by the code, it shows stage, clocks, letters, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.ledger import queries as ledger
from sunshine.core.matters.models import Matter
from sunshine.design import parts
from sunshine.doors.public import following, page, requests_wording
from sunshine.doors.public.requests_forms import RatingForm, WordForm
from sunshine.kernel import errors
from sunshine.kernel.procedure import APPLICANT
from sunshine.kernel.words import gettext_noop
from sunshine.work.requests import composing, queries, rules
from sunshine.work.requests import operations as requests
from sunshine.work.requests import paper as setting
from sunshine.work.requests.models import Correction, Request
from sunshine.work.requests.rules import correction_table, stages

PLACE = following.Place(
    "request",
    "public:follow",
    gettext_noop("Follow your request"),
    gettext_noop("No request has this code. Look at it letter by letter."),
    queries.matter_of_code,
    lost=gettext_noop("The code was lost? Come to the office with your identity document."),
    code_now=queries.code_mark,
)
leave = PLACE.leaving()


@require_http_methods(["GET", "POST"])
def follow(http_request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show the request that it opened."""
    if http_request.method == "POST":
        return PLACE.open(http_request)
    matter = _opened(http_request)
    return PLACE.ask(http_request) if matter is None else _show(http_request, matter)


@require_http_methods(["POST"])
def part(http_request: HttpRequest) -> HttpResponse:
    """Open a part that the office split off from the request: the same applicant's, so the same code does."""
    matter = _opened(http_request)
    parts_of = Request.objects.filter(origin_id=matter.pk if matter else None, origin__isnull=False)
    found = parts_of.filter(matter__reference=http_request.POST.get("reference", "")).first()
    if found is None:
        raise Http404
    PLACE.keep_open(http_request, found.matter)
    return PLACE.again()


@require_http_methods(["GET"])
def paper(http_request: HttpRequest, file_id: int) -> HttpResponse:
    """Answer a letter or a file of the answer to whoever opened the page with the code."""
    matter = _opened(http_request)
    papers = queries.papers(matter) if matter else []
    found = next((file for file in papers if file.pk == file_id), None)
    if found is None:
        raise Http404
    name, data = requests.opened(found)
    return _download(name, data, found.media_type)


@require_http_methods(["GET"])
def notice(http_request: HttpRequest, kind: str) -> HttpResponse:
    """Answer a notice of the request's course as PDF/A, to whoever opened the page with the code."""
    matter = _opened(http_request)
    asked = Request.objects.select_related("matter").filter(matter=matter).first() if matter else None
    letter = composing.course(asked).get(kind) if asked else None
    if letter is None or not letter.is_whole:
        raise Http404
    return _download(f"{letter.title}.pdf", setting.pdf(letter), setting.PDF)


def _download(name: str, data: bytes, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return following.private(response)


def _letters(request: Request) -> list[parts.Link]:
    """Return the links to every letter and file that the applicant may have, the notices first."""
    told = [
        parts.Link(letter.title, reverse("public:follow_notice", args=[kind]))
        for kind, letter in composing.course(request).items()
        if letter.is_whole
    ]
    given = [
        parts.Link(requests.name_of(file), reverse("public:follow_paper", args=[file.pk]))
        for file in queries.papers(request.matter)
    ]
    return [*told, *given]


def _open_fee(request: Request) -> dict[str, object] | None:
    """Return the fee that is to be paid, and how, while the request waits for it."""
    fee = request.fees.filter(paid_on=None).last()
    if fee is None or request.matter.stage != stages.AWAITING_PAYMENT.name:
        return None
    scale = next((_(each.label) for each in rules.SCALES if each.code == fee.scale), "")
    return {"fee": fee, "scale": scale, "how": composing.how_to_pay()}


@require_http_methods(["POST"])
def act(http_request: HttpRequest, name: str) -> HttpResponse:
    """Do one of the acts that are open to the applicant."""
    matter = _opened(http_request)
    if matter is None:
        return PLACE.again()
    if matter.kind != rules.KIND:
        raise Http404
    form = _act_form(name, http_request)
    if form is not None and not form.is_valid():
        return _show(http_request, matter, refused=_("Say it in the field, then send."), status=422)
    try:
        DO[name](matter.pk, dict(form.cleaned_data) if form else {}, timezone.now())
    except (errors.RuleBroken, errors.StaleStage) as refusal:
        said = " ".join(requests_wording.reason(reason) for reason in refusal.reasons)
        return _show(http_request, _again(matter), refused=said, status=409)
    return PLACE.again()


def _complete(matter_id: int, given: dict[str, str], at: datetime) -> None:
    today = timezone.localtime(at).date()
    requests.complete(matter_id, text=given["text"], completed_on=today, actor=APPLICANT, at=at)


def _complete_late(matter_id: int, given: dict[str, str], at: datetime) -> None:
    today = timezone.localtime(at).date()
    requests.complete_late(matter_id, text=given["text"], completed_on=today, actor=APPLICANT, at=at)


def _give_reasons(matter_id: int, given: dict[str, str], at: datetime) -> None:
    requests.give_reasons(matter_id, text=given["text"], actor=APPLICANT, at=at)


def _withdraw(matter_id: int, _given: dict[str, str], at: datetime) -> None:
    requests.withdraw(matter_id, note=_("withdrawn on the applicant’s page"), actor=APPLICANT, at=at)


def _rate(matter_id: int, given: dict[str, str], at: datetime) -> None:
    requests.rate(matter_id, rating=int(given["rating"]), words=given["words"], at=at)


DO: dict[str, Callable[[int, dict[str, str], datetime], None]] = {
    "complete": _complete,
    "complete_late": _complete_late,
    "give_reasons": _give_reasons,
    "withdraw": _withdraw,
    "rate": _rate,
}


COMPLETING = ("complete", "complete_late")


def _act_form(name: str, http_request: HttpRequest) -> forms.Form | None:
    """Return the form of an act with what was sent; None where there is nothing to fill in."""
    if name not in DO:
        raise Http404
    if name in (*COMPLETING, "give_reasons"):
        return WordForm(http_request.POST)
    return RatingForm(http_request.POST) if name == "rate" else None


def _opened(http_request: HttpRequest) -> Matter | None:
    key = PLACE.opened(http_request, Matter)
    kinds = (rules.KIND, correction_table.KIND)
    return Matter.objects.filter(pk=key, kind__in=kinds).first() if key else None


def _again(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def _show_correction(http_request: HttpRequest, matter: Matter) -> HttpResponse:
    """Show where the correction of one's own data stands, and what was decided once it is."""
    correction = Correction.objects.get(matter=matter)
    frame = page.Frame(
        title=matter.reference, crumbs=(parts.Link(_("Follow your request"), ""),), is_indexed=False
    )
    is_decided = matter.closed_at is not None
    among = {each.code: _(each.label) for each in correction_table.DECISIONS}
    response = page.show(
        http_request,
        "public/correction_follow.html",
        frame,
        matter=matter,
        correction=correction,
        stage=requests_wording.stage(matter),
        decision=among.get(correction.decision, "") if is_decided else "",
        reason=correction.reason if is_decided else "",
        clocks=requests_wording.clocks(matter, timezone.now()),
        moments=requests_wording.story(matter, ledger.timeline(matter.reference)),
    )
    return following.private(response)


def _show(http_request: HttpRequest, matter: Matter, *, refused: str = "", status: int = 200) -> HttpResponse:
    if matter.kind == correction_table.KIND:
        return _show_correction(http_request, matter)
    now = timezone.now()
    request = Request.objects.select_related("matter__department").get(pk=matter.pk)
    frame = page.Frame(
        title=matter.reference, crumbs=(parts.Link(_("Follow your request"), ""),), is_indexed=False
    )
    open_acts = queries.open_to_applicant(matter, at=now)
    may_explain = "give_reasons" in open_acts
    asked = request.words.filter(kind="demanded" if may_explain else "asked").last()
    extended = composing.extension_of(request)
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
        completing=next((name for name in COMPLETING if name in open_acts), ""),
        may_explain=may_explain,
        may_withdraw="withdraw" in open_acts,
        may_rate="rate" in open_acts,
        asked=asked.text if asked else "",
        papers=_letters(request),
        extended_because=extended.facts.get("reason", "") if extended else "",
        open_fee=_open_fee(request),
        split_off=[each.matter.reference for each in request.parts.select_related("matter")],
        word_form=WordForm(),
        rating_form=RatingForm(),
        refused=refused,
    )
    return following.private(response)
