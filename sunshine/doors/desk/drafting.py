"""Writing: beginning a document, the editor with its autosave, the attribute, interpretations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunshine.core.people import queries as people
from sunshine.core.people import rules as roles
from sunshine.core.publishing.models import Draft
from sunshine.core.publishing.queries import drafts
from sunshine.doors.desk import comparing, matter, refusals, sent, shell, uploads, words
from sunshine.doors.desk import draft_forms as forms
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.text import markup, numbers
from sunshine.work.documents import operations as documents
from sunshine.work.documents.models import Document


@dataclass(slots=True)
class Sheet:
    """Everything an author fills in of one member: its form, the plan and the promises where it has them."""

    form: forms.DocumentForm | forms.InterpretationForm
    plan: forms.Rows[forms.PlanRow] | None
    staged: forms.Rows[forms.PromiseRow] | None

    @classmethod
    def of(cls, draft: Draft, *, data: QueryDict | None = None, kept: dict[str, Any] | None = None) -> Sheet:
        """Return the sheet of a draft, filled with `data` as sent, or with what is kept of it."""
        form_class = forms.form_for(draft)
        kept = {**draft.fields, **(kept or {})}
        initial = form_class.values(kept) | {"revision": draft.revision}
        form = form_class(data, kind=draft.kind, corrects=draft.is_public, initial=initial)
        if not forms.needs_plan(draft):
            return cls(form, None, None)
        return cls(
            form,
            forms.PlanRows(data, prefix="plan", initial=kept.get("plan") or []),
            forms.PromiseRows(data, prefix="staged", initial=kept.get("staged") or []),
        )

    def is_valid(self) -> bool:
        # Each is asked, so that each shows its errors.
        verdicts = [self.form.is_valid()]
        verdicts += [self.plan.is_valid()] if self.plan is not None else []
        verdicts += [self.staged.is_valid()] if self.staged is not None else []
        return all(verdicts)

    def as_fields(self) -> dict[str, Any]:
        """Return what the draft will keep; call after `is_valid`."""
        told = self.form.as_fields()
        if self.plan is not None and self.staged is not None:
            told |= {"plan": forms.rows_kept(self.plan), "staged": forms.rows_kept(self.staged)}
        return told

    def as_typed(self) -> dict[str, Any]:
        """Return what stands in the sheet now, right or wrong."""
        told = self.form.as_typed()
        if self.plan is not None and self.staged is not None:
            told |= {"plan": forms.rows_typed(self.plan), "staged": forms.rows_typed(self.staged)}
        return told


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a document in one of the departments for which this officer drafts."""
    person = shell.staff(request)
    own = departments(request)
    form = forms.NewDocumentForm(own, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def begin(at: datetime) -> str:
            given = {**form.given, "department": people.department(form.cleaned_data["department"])}
            document = documents.open_document(**given, officer=person, at=at)
            return reverse("desk:write", args=[document.matter.reference, 0])

        try:
            return sent.once(request, form, begin, otherwise=reverse("desk:worklist"))
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
    status = 422 if form.errors else 200
    return shell.page(
        request, "desk/new.html", title=_("New document"), place="new", form=form, status=status
    )


def departments(request: HttpRequest) -> dict[int, str]:
    """Return where this officer drafts: department id -> name.

    :raises NotAllowed: nowhere
    """
    held = people.held_roles(shell.staff(request), on=shell.today())
    own = {role.department_id for role in held if role.role == roles.DRAFTER.name}
    if not own:
        reason = gettext_noop("You do not hold the role that this page needs.")
        raise errors.NotAllowed(Reason(reason, mended_by=roles.DRAFTER.name))
    return {department_id: people.department(department_id).name for department_id in sorted(own)}


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """Show the editor of one member, or save what was written."""
    document = matter.readable(request, reference)
    draft = drafts.draft(document.matter, part)
    if request.method != "POST":
        return _editor(request, document, draft, _opened(request, draft))
    if "take_docx" in request.POST:
        return _taken_from_word(request, document, draft)
    sheet = Sheet.of(draft, data=request.POST)
    if not sheet.is_valid():
        return _editor(request, document, draft, sheet, status=422)
    return _saved(request, document, draft, sheet)


def _opened(request: HttpRequest, draft: Draft) -> Sheet:
    """Return the sheet as kept, or as typed and never saved where the author asks for that."""
    unsaved = drafts.autosave_of(draft, shell.staff(request).pk)
    if unsaved is not None and "restore" in request.GET:
        return Sheet.of(draft, kept=unsaved.fields)
    return Sheet.of(draft)


def _saved(request: HttpRequest, document: Document, draft: Draft, sheet: Sheet) -> HttpResponse:
    told, revision = sheet.as_fields(), sheet.form.cleaned_data["revision"]
    person = shell.staff(request)
    try:
        documents.write(
            document.matter_id,
            part=draft.part,
            fields=told,
            revision=revision,
            actor=person,
            at=timezone.now(),
        )
    except errors.RuleBroken as refusal:
        refusals.onto(sheet.form, refusal)
        return _editor(request, document, draft, sheet, status=422)
    except errors.StaleStage as refusal:
        now = drafts.draft(document.matter, draft.part)
        if now.revision == revision:  # not the text: the matter itself went on
            return refusals.answer(request, refusal, form=sheet.form)
        if not _is_what_stands(now, told):
            return _conflict(request, document, now, told)
    messages.success(request, _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M:%S}"})
    place = ("desk:matter", [document.matter.reference])
    if "stay" in request.POST:
        place = ("desk:write", [document.matter.reference, str(draft.part)])
    return HttpResponseRedirect(reverse(place[0], args=place[1]))


def _is_what_stands(draft: Draft, told: dict[str, Any]) -> bool:
    """Return whether the draft says already what was sent: the same press, sent twice."""
    sent = {**told, "body": markup.clean(str(told.get("body", "")))}
    return all(draft.fields.get(name) == value for name, value in sent.items() if name != "number")


def _conflict(request: HttpRequest, document: Document, now: Draft, told: dict[str, Any]) -> HttpResponse:
    """Show both texts: what somebody else saved, and what this author typed, which is not saved."""
    data = request.POST.copy()
    data["revision"] = str(now.revision)
    return _editor(
        request,
        document,
        now,
        Sheet.of(now, data=data),
        status=409,
        newer=drafts.revisions(now)[0],
        differences=comparing.differences(now.fields, told),
    )


def _taken_from_word(request: HttpRequest, document: Document, draft: Draft) -> HttpResponse:
    """Put the text of a Word file into the editor, unsaved, beside what else was typed."""
    data = request.POST.copy()
    try:
        data["body"] = uploads.body_from_word(request)
    except errors.RuleBroken as refusal:
        sheet = Sheet.of(draft, data=data)
        refusals.onto(sheet.form, refusal)
        return _editor(request, document, draft, sheet, status=422)
    messages.info(request, _("The text was taken from the file; read it through, then save."))
    return _editor(request, document, draft, Sheet.of(draft, data=data))


def _editor(
    request: HttpRequest, document: Document, draft: Draft, sheet: Sheet, *, status: int = 200, **context: Any
) -> HttpResponse:
    unsaved = drafts.autosave_of(draft, shell.staff(request).pk)
    reference = document.matter.reference
    return shell.page(
        request,
        "desk/write.html",
        title=_("Write: %(title)s") % {"title": draft.fields.get("title", "")},
        place="worklist",
        status=status,
        document=document,
        matter=document.matter,
        draft=draft,
        kind=words.kind(draft.kind),
        sheet=sheet,
        form=sheet.form,
        head=[sheet.form[name] for name in sheet.form.head if name in sheet.form.fields],
        unsaved=unsaved if unsaved and request.method == "GET" and "restore" not in request.GET else None,
        restored=unsaved if "restore" in request.GET else None,
        autosave_url=reverse("desk:autosave", args=[reference, draft.part]),
        attachments=draft.attachments.select_related("blob").order_by("position"),
        editor_words=_editor_words(),
        **context,
    )


@require_POST
def autosave(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """Keep what is typed, aside from the draft; say honestly when, and whether somebody else saved."""
    document = matter.readable(request, reference)
    draft = drafts.draft(document.matter, part)
    person, now = shell.staff(request), timezone.now()
    sheet = Sheet.of(draft, data=request.POST)
    revision = numbers.typed(request.POST.get("revision", "")) or 0
    before = drafts.autosave_of(draft, person.pk)
    if before is not None and before.revision > revision:
        return JsonResponse(
            {"message": _("Another window of yours holds newer text; this is not kept.")}, status=409
        )
    documents.autosave(
        document.matter_id, part=part, fields=sheet.as_typed(), revision=revision, actor=person, at=now
    )
    kept = _("Kept at %(time)s, not saved yet") % {"time": f"{timezone.localtime(now):%H:%M:%S}"}
    if draft.revision > revision:
        newer = drafts.revisions(draft)[0]
        told = {"person": newer.author.name, "time": f"{timezone.localtime(newer.at):%H:%M}"}
        faster = _("%(person)s saved this draft at %(time)s; saving will show you both texts.") % told
        return JsonResponse({"message": faster, "kept": kept}, status=409)
    return JsonResponse({"message": kept})


@require_http_methods(["GET", "POST"])
def interpretation(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an interpretation material that travels with the document."""
    document = matter.readable(request, reference)
    initial = {
        "seen": document.matter.version,
        "title": f"《{document.matter.title}》政策解读",
        "form": "text",
    }
    form = forms.InterpretationBegun(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            draft = documents.add_interpretation(
                document.matter_id,
                title=form.cleaned_data["title"],
                fields={"form": form.cleaned_data["form"]},
                actor=shell.staff(request),
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        return HttpResponseRedirect(reverse("desk:write", args=[reference, draft.part]))
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Add an interpretation"),
        form=form,
        matter=document.matter,
        action=_("Begin"),
        status=422 if form.errors else 200,
    )


@require_POST
def remove_interpretation(request: HttpRequest, reference: str, part: int) -> HttpResponse:
    """Take an interpretation material out of the bundle."""
    document = matter.readable(request, reference)
    seen = numbers.typed(request.POST.get("seen", "")) or 0
    person = shell.staff(request)
    documents.remove_interpretation(document.matter_id, part=part, actor=person, at=timezone.now(), seen=seen)
    messages.success(request, _("The interpretation was taken out of the bundle."))
    return HttpResponseRedirect(reverse("desk:matter", args=[reference]))


def _editor_words() -> dict[str, str]:
    """Return the words of the editor's buttons, by the English the script knows."""
    return {
        "bold": _("Bold"),
        "italic": _("Italic"),
        "underline": _("Underline"),
        "heading": _("Heading"),
        "paragraph": _("Paragraph"),
        "bullet list": _("Bullet list"),
        "ordered list": _("Numbered list"),
        "table": _("Table"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "unsaved": _("Not saved yet"),
        "offline": _("Could not keep it: the desk cannot be reached. Go on writing, it is tried again."),
        "signed out": _("You are signed out. Sign in in another window, then go on here."),
    }
