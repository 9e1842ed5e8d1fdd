"""Filing a request: the form, what is public already, saving and coming back, the receipt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.design import parts
from sunshine.doors.public import following, page, requests_following, requests_wording, wording
from sunshine.doors.public.requests_forms import MOST_FILES, NOT_SAVED, RequestForm
from sunshine.kernel import errors
from sunshine.lenses.search import queries as lens
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries
from sunshine.work.requests.models import Request

NEAR = 5


@require_http_methods(["GET", "POST"])
def new(http_request: HttpRequest) -> HttpResponse:
    """Show the form; look what is public already, save what was typed, or file the request."""
    if http_request.method != "POST":
        return _form(http_request, RequestForm(initial={"once": uuid.uuid4().hex}))
    wish = http_request.POST.get("do", "file")
    if wish == "look":
        return _look(http_request)
    if wish == "save":
        return _save(http_request)
    form = RequestForm(http_request.POST, http_request.FILES)
    if not form.is_valid():
        return _form(http_request, form)
    return _file(http_request, form)


def _file(http_request: HttpRequest, form: RequestForm) -> HttpResponse:
    once, at = form.cleaned_data["once"], timezone.now()
    try:
        filing = form.filing(_files(http_request))
        page_key = matters.page_key("request", once, http_request.POST, http_request.FILES)
        request, code = requests.file_online(filing, office=people.office(), at=at, page=page_key)
    except matters.SentBefore as before:
        return _again(http_request, before.code)
    except errors.RuleBroken as refusal:
        for reason in refusal.reasons:
            field = reason.field if reason.field in form.fields else None
            form.add_error(field, requests_wording.reason(reason))
        return _form(http_request, form)
    return _receipt(http_request, request, code)


def _files(http_request: HttpRequest) -> tuple[tuple[str, bytes], ...]:
    given = http_request.FILES.getlist("attachments")
    if len(given) > MOST_FILES:
        raise errors.RuleBroken(requests_wording.too_many_files(MOST_FILES))
    return tuple((str(file.name), file.read()) for file in given)


def _form(http_request: HttpRequest, form: RequestForm, **more: object) -> HttpResponse:
    title = _("Ask for information")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=True)
    response = page.show(
        http_request,
        "public/request_new.html",
        frame,
        status=422 if form.errors else 200,
        form=form,
        restore_form=following.CodeForm(prefix="saved"),
        follow_url=reverse("public:follow"),
        **more,
    )
    return following.private(response)


def _look(http_request: HttpRequest) -> HttpResponse:
    """Show what is public of what is being asked for, beside the form as far as it is filled in."""
    typed = http_request.POST.dict()
    words = f"{typed.get('features', '')} {typed.get('wanted', '')}".strip()[:200]
    return _form(http_request, _filled(typed), near=near(words), looked=True)


@require_http_methods(["POST"])
def nearby(http_request: HttpRequest) -> HttpResponse:
    """Answer a fragment of page: what is public of the words in the body (never in the address)."""
    found = near(http_request.POST.get("words", "")[:200])
    frame = page.Frame(title=_("Public already?"), is_indexed=False)
    return following.private(page.show(http_request, "public/_near.html", frame, near=found, looked=True))


def near(words: str) -> Sequence[parts.Link]:
    """Return public records near to some words."""
    if len(words.strip()) < 2:
        return ()
    hits = lens.search(lens.Question(words.strip(), per_page=NEAR), on=timezone.localdate()).hits
    return [
        parts.Link(
            hit.title,
            reverse("public:record", args=[hit.reference]),
            hint=" · ".join(filter(None, (wording.day(hit.published_at), hit.number))),
        )
        for hit in hits
    ]


def _save(http_request: HttpRequest) -> HttpResponse:
    typed = {name: value for name, value in http_request.POST.dict().items() if name not in NOT_SAVED}
    code = requests.save({name: str(value) for name, value in typed.items()}, at=timezone.now())
    return _form(http_request, _filled(http_request.POST.dict()), saved_code=code)


@require_http_methods(["POST"])
def saved(http_request: HttpRequest) -> HttpResponse:
    """Bring back a form that was saved."""
    form = following.CodeForm(http_request.POST, prefix="saved")
    if not form.is_valid():
        return _form(http_request, RequestForm(initial={"once": uuid.uuid4().hex}), not_found=True)
    try:
        typed = requests.restore(form.cleaned_data["code"], at=timezone.now())
    except errors.NotFound:
        return _form(http_request, RequestForm(initial={"once": uuid.uuid4().hex}), not_found=True)
    return _form(http_request, _filled(typed), restored=True)


def _filled(typed: dict[str, str]) -> RequestForm:
    """Return the form with what was typed, judging nothing yet."""
    return RequestForm(initial={**typed, "once": typed.get("once") or uuid.uuid4().hex})


def _receipt(http_request: HttpRequest, request: Request, code: str) -> HttpResponse:
    """Confirm the receipt (登记回执): number, day and why that day, until when the answer comes, the code."""
    title = _("Your request has been received")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    response = page.show(
        http_request,
        "public/request_receipt.html",
        frame,
        reference=request.matter.reference,
        code=code,
        received_on=request.received_on,
        why=requests_wording.why_received(request),
        clock=requests_wording.clocks(request.matter, timezone.now())[0],
        follow_url=reverse("public:follow"),
    )
    return following.private(response)


def _again(http_request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt once more to who pressed twice; later, say only that nothing was filed twice."""
    if code:
        asked = Request.objects.select_related("matter").get(matter=queries.matter_of_code(code))
        return _receipt(http_request, asked, code)
    said = _("Your request was filed when you pressed the first time; nothing was filed twice.")
    return requests_following.PLACE.sent_before(http_request, said, new_url=reverse("public:request_new"))
