"""Setting the openness attribute with its dated ground, directory item and time of publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import queries as matters
from sunshine.core.publishing.models import Draft
from sunshine.core.publishing.queries import directory, drafts
from sunshine.core.publishing.rules import COLUMNS
from sunshine.doors.desk import matter, refusals, shell
from sunshine.doors.desk.draft_forms import AttributeForm
from sunshine.kernel import errors
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document


@require_http_methods(["GET", "POST"])
def attribute(request: HttpRequest, reference: str) -> HttpResponse:
    """Show or set the attribute of the whole bundle."""
    document = matter.readable(request, reference)
    form = _form(request, document, drafts.draft(document.matter, 0))
    if request.method == "POST" and form.is_valid():
        try:
            _set(request, document, form)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            messages.success(request, _("The attribute is set."))
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Set the attribute"),
        form=form,
        matter=document.matter,
        action=_("Set the attribute"),
        status=422 if form.errors else 200,
    )


def _form(request: HttpRequest, document: Document, draft: Draft) -> AttributeForm:
    terms = {column.slug: column.term for column in COLUMNS}
    items = [
        (item.code, f"{terms.get(item.column, item.column)} · {item.subject}")
        for item in directory.open_items()
    ]
    initial = {
        "seen": document.matter.version,
        "attribute": draft.attribute,
        "item": draft.item.code if draft.item else "",
        "publish_at": draft.publish_at,
        "ground": draft.ground,
        "ground_until": draft.ground_until,
        "ground_note": draft.ground_note,
    }
    law = matters.procedure_of(document.matter).effective_from
    return AttributeForm(
        request.POST if request.method == "POST" else None, law=law, items=items, initial=initial
    )


def _set(request: HttpRequest, document: Document, form: AttributeForm) -> None:
    given = form.cleaned_data
    documents.set_attribute(
        document.matter_id,
        attribute=given["attribute"],
        ground=given["ground"],
        ground_note=given["ground_note"],
        ground_until=given["ground_until"],
        item=directory.item(given["item"]) if given["item"] else None,
        publish_at=given["publish_at"],
        actor=shell.staff(request),
        at=timezone.now(),
        seen=given["seen"],
    )
