"""Writing to the bureau: the form, a warning where it holds somebody's data, the receipt with the code."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.people import queries as people
from sunshine.design import parts
from sunshine.doors.public import letters_following, page, requests_wording
from sunshine.doors.public.following import private
from sunshine.doors.public.letters_forms import LetterForm
from sunshine.kernel import errors
from sunshine.text import privacy
from sunshine.work.correspondence import operations as letters
from sunshine.work.correspondence.models import Reporter
from sunshine.work.correspondence.queries import cases


@require_http_methods(["GET", "POST"])
def new(http_request: HttpRequest) -> HttpResponse:
    """Show the form, or take a letter in."""
    services = cases.services(on=timezone.localdate())
    if http_request.method != "POST":
        return _form(http_request, LetterForm(services=services, initial={"once": uuid.uuid4().hex}))
    form = LetterForm(http_request.POST, http_request.FILES, services=services)
    if not form.is_valid():
        return _form(http_request, form)
    found = _personal(form) if form.cleaned_data["warned"] != "yes" else []
    if found:
        return _form(http_request, form, found=found)
    return _send(http_request, form)


def _personal(form: LetterForm) -> list[str]:
    """Return what in the text looks like somebody's number or address."""
    text = form.cleaned_data["text"]
    return [each.text for each in privacy.identifiers_in(text) if each.is_private][:5]


def _send(http_request: HttpRequest, form: LetterForm) -> HttpResponse:
    once = form.cleaned_data["once"]
    try:
        key = matters.page_key("letter", once, http_request.POST, http_request.FILES)
        taken = _posted(http_request, form, key)
    except matters.SentBefore as before:
        return _again(http_request, before.code)
    except errors.RuleBroken as refusal:
        for reason in refusal.reasons:
            field = reason.field if reason.field in form.fields else None
            form.add_error(field, requests_wording.reason(reason))
        return _form(http_request, form)
    return _receipt(http_request, taken)


def _posted(http_request: HttpRequest, form: LetterForm, page_key: str) -> letters.Taken:
    files = tuple((str(file.name), file.read()) for file in http_request.FILES.getlist("attachments"))
    network = http_request.META.get("REMOTE_ADDR", "")
    given = {"office": people.office(), "network": network, "at": timezone.now()}
    return letters.post(form.letter(files), **given, page=page_key)


def _form(http_request: HttpRequest, form: LetterForm, *, found: list[str] | None = None) -> HttpResponse:
    title = _("Write to the bureau")
    letters_url = reverse("public:letters")
    crumbs = (parts.Link(_("Letters"), letters_url), parts.Link(title, ""))
    response = page.show(
        http_request,
        "public/letter_new.html",
        page.Frame(title=title, crumbs=crumbs, is_indexed=True),
        status=422 if form.errors or found else 200,
        form=form,
        found=found or (),
    )
    return private(response)


def _receipt(http_request: HttpRequest, taken: letters.Taken) -> HttpResponse:
    title = _("Your letter has arrived")
    frame = page.Frame(title=title, crumbs=(parts.Link(title, ""),), is_indexed=False)
    clocks = requests_wording.clocks(taken.case.matter, timezone.now()) if taken.case else []
    response = page.show(
        http_request,
        "public/letter_receipt.html",
        frame,
        reference=taken.case.matter.reference if taken.case else "",
        code=taken.code,
        clock=clocks[0] if clocks else None,
        needs_confirmation=bool(taken.post and taken.post.signs),
    )
    return private(response)


def _again(http_request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt once more to who pressed twice; later, say only that nothing was sent twice."""
    if code:
        found = letters_following.found(code)
        if isinstance(found, Reporter):
            return _receipt(http_request, letters.Taken(code, case=found.case))
        return _receipt(http_request, letters.Taken(code, post=found))
    said = _("Your letter was sent when you pressed the first time; nothing was sent twice.")
    return letters_following.PLACE.sent_before(http_request, said, new_url=reverse("public:letter_new"))
