"""From an answer to a document for everybody: begun here, public only through the gate (FOI-OFTEN)."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.doors.desk import requests_matter, sent, shell
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from sunshine.work.requests import operations as requests
from sunshine.work.requests import queries


class SeenForm(sent.PageForm):
    """The version of the matter that the officer saw: what others did meanwhile is not overlooked."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def make_public(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is taken over; then begin the document in the department that answered."""
    matter = requests_matter.readable(request, reference)
    asked = queries.request(reference)
    answer = queries.newest_answer(asked)
    finding = answer.finding if answer else ""
    person, at = shell.staff(request), timezone.now()
    form = SeenForm(request.POST if request.method == "POST" else None, initial={"seen": matter.version})
    if not form.is_valid():
        acts = requests_matter.acts_for(matter, person, at)
        return shell.page(
            request,
            "desk/request_publish.html",
            title=_("Make public for everybody"),
            place="worklist",
            matter=matter,
            form=form,
            act=next((act for act in acts if act.name == "make_public"), None),
            subject=asked.public_subject,
            finding=finding,
            status=422 if form.errors else 200,
        )

    def begin(at: datetime) -> str:
        document = documents.open_document(
            kind=rules.ANNOUNCEMENT.code,
            title=asked.public_subject,
            department=matter.department,
            officer=person,
            at=at,
            fields={"body": f"<p>{escape(finding)}</p>"},
        )
        reference_begun, seen = document.matter.reference, form.cleaned_data["seen"]
        requests.make_public(matter.pk, document=reference_begun, actor=person, at=at, seen=seen)
        messages.success(request, _("Begun: %(document)s") % {"document": reference_begun})
        return where

    where = reverse("desk:matter", args=[reference])
    return sent.once(request, form, begin, otherwise=where)
