"""From a reply to its document: named as the session's rule says, public only through the gate."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.doors.desk import proposals_matter, sent, shell
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from sunshine.work.proposals import composing
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals.models import Publication


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what will be read by everybody; then begin the document in the department that answered."""
    matter = proposals_matter.readable(request, reference)
    publication = Publication.objects.filter(matter=matter).first()
    if publication is None:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    paper = composing.document(publication.reply)
    form = sent.PageForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return shell.page(
            request,
            "desk/proposal_publish.html",
            title=_("Begin the document"),
            place="proposals",
            matter=matter,
            paper=paper,
            form=form,
            status=422 if form.errors else 200,
        )
    otherwise = reverse("desk:matter", args=[reference])
    return sent.once(request, form, lambda at: _begin(request, matter, paper, at), otherwise=otherwise)


def _begin(request: HttpRequest, matter: Matter, paper: composing.Paper, at: datetime) -> str:
    person = shell.staff(request)
    with transaction.atomic():
        document = documents.open_document(
            kind=rules.PROPOSAL_REPLY.code,
            title=paper.title,
            department=matter.department,
            officer=person,
            at=at,
            fields={"body": paper.body, "formed_on": paper.formed_on.isoformat()},
        )
        proposals.begin_document(matter.pk, document=document.matter.reference, actor=person, at=at)
    messages.success(request, _("Begun: %(document)s") % {"document": document.matter.reference})
    return reverse("desk:matter", args=[document.matter.reference])
