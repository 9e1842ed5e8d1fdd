"""Reading the exact frozen content and saying what one thinks of it: reviews and the signature."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import queries as matters
from sunshine.core.people.models import Person
from sunshine.core.publishing import checks as checking
from sunshine.core.publishing import rules as publishing
from sunshine.core.publishing.models import Attachment, Draft, Submission
from sunshine.core.publishing.queries import bundles, drafts
from sunshine.core.publishing.rules import ReviewKind
from sunshine.doors.desk import gates, marking, matter, refusals, shell, words
from sunshine.doors.desk.review_forms import ReviewForm, SignatureForm
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.documents import operations as documents
from sunshine.work.documents import rules
from sunshine.work.documents.models import Document


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the frozen bundle to a reviewer with the findings to decide, or enter the review."""
    document = matter.readable(request, reference)
    submission = _standing(document)
    kinds = _kinds_for(request, document, submission)
    kind = _chosen(request, kinds)
    findings = [finding for finding in submission.findings if finding["check"] == kind.value]
    form = _review_form(request, document, submission, kind, findings)
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, document, kind, form)
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            messages.success(
                request, _("Your review is entered: %(kind)s") % {"kind": words.review(kind.value)}
            )
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    others = [each for each in submission.findings if each["check"] not in {*publishing.REVIEWERS}]
    return _reading(
        request,
        document,
        submission,
        title=_("%(kind)s: %(title)s") % {"kind": words.review(kind.value), "title": document.matter.title},
        template="desk/review.html",
        form=form,
        findings=findings,
        kind=kind.value,
        kind_label=words.review(kind.value),
        kinds=[(each.value, words.review(each.value), each is kind) for each in kinds],
        marked=others,
    )


def _standing(document: Document) -> Submission:
    submission = bundles.standing_submission(document.matter)
    if submission is None:
        raise errors.StaleStage(Reason(gettext_noop("The document has not been submitted")))
    return submission


def _kinds_for(request: HttpRequest, document: Document, submission: Submission) -> list[ReviewKind]:
    """Return the kinds of review that this officer may take of this submission.

    :raises NotAllowed: none of them
    """
    held = matters.roles(shell.staff(request), document.matter, at=timezone.now())
    needed = [ReviewKind(kind) for kind in submission.requirements.get("reviews", ())]
    takers = {kind: publishing.REVIEWERS[kind] for kind in needed if kind is not ReviewKind.SIGN_OFF}
    mine = [kind for kind, role in takers.items() if role.name in held]
    if not mine:
        names = " ".join(role.name for role in takers.values())
        raise errors.NotAllowed(
            Reason(gettext_noop("You do not hold the role that this page needs."), mended_by=names)
        )
    said = {review.kind for review in submission.reviews.all()}
    return sorted(mine, key=lambda kind: kind.value in said)


def _chosen(request: HttpRequest, kinds: Sequence[ReviewKind]) -> ReviewKind:
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    return next((kind for kind in kinds if kind.value == asked), kinds[0])


def _review_form(
    request: HttpRequest,
    document: Document,
    submission: Submission,
    kind: ReviewKind,
    findings: Sequence[dict[str, Any]],
) -> ReviewForm:
    initial = {"seen": document.matter.version, "digest": submission.digest, "kind": kind.value}
    content = _content(bundles.bundle(document.matter))
    return ReviewForm(findings, content, request.POST if request.method == "POST" else None, initial=initial)


def _content(held: bundles.Bundle) -> str:
    """Return everything that stands in a bundle as one text, to look a reviewer's quotation up in."""
    sealed = [checking.texts(bundles.sealed_fields(draft, held.files[draft.pk])) for draft in held.drafts]
    texts = [text for member in sealed for text in member.values()]
    return "\n".join([*texts, *(file.blob.text for files in held.files.values() for file in files)])


def _enter(request: HttpRequest, document: Document, kind: ReviewKind, form: ReviewForm) -> None:
    """Enter the review once, also where it is sent twice or other reviewers acted meanwhile.

    Reviewers work side by side: what binds them is the digest they read, not the matter's version. So a
    stale version is tried again while that digest stands, unless this very review is there already.
    """
    digest, person = form.cleaned_data["digest"], shell.staff(request)
    try:
        _say(document, kind, form, person, seen=form.cleaned_data["seen"])
    except errors.StaleStage:
        now = bundles.standing_submission(document.matter)
        if now is None or now.digest != digest:
            raise
        said = [review for review in drafts.reviews(now) if review.kind == kind.value]
        if said and said[-1].by_id == person.pk:
            return
        _say(document, kind, form, person, seen=matters.matter(document.matter.reference).version)


def _say(document: Document, kind: ReviewKind, form: ReviewForm, person: Person, *, seen: int) -> None:
    documents.review(
        document.matter_id,
        kind=kind,
        digest=form.cleaned_data["digest"],
        passed=form.cleaned_data["passed"] == "yes",
        remark=form.cleaned_data["remark"],
        decisions=form.decisions(),
        actor=person,
        at=timezone.now(),
        seen=seen,
    )


@require_http_methods(["GET", "POST"])
def sign_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the exact bundle to the leader, or sign it."""
    document = matter.readable(request, reference)
    submission = _standing(document)
    initial = {"seen": document.matter.version, "digest": submission.digest}
    form = SignatureForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            documents.sign_off(
                document.matter_id,
                digest=form.cleaned_data["digest"],
                remark=form.cleaned_data["remark"],
                actor=shell.staff(request),
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            messages.success(request, _("The document is signed off."))
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    return _reading(
        request,
        document,
        submission,
        title=_("Sign off: %(title)s") % {"title": document.matter.title},
        template="desk/sign_off.html",
        form=form,
    )


def _reading(
    request: HttpRequest,
    document: Document,
    submission: Submission,
    *,
    title: str,
    template: str,
    form: ReviewForm | SignatureForm,
    findings: Sequence[dict[str, Any]] = (),
    **context: Any,
) -> HttpResponse:
    held = bundles.bundle(document.matter)
    candidate = bundles.candidate(document.matter)
    acts = matter.acts_for(document, shell.staff(request), timezone.now())
    shown = next((act for act in acts if template == f"desk/{act.name}.html"), None)
    return shell.page(
        request,
        template,
        title=title,
        place="worklist",
        status=422 if form.errors else 200,
        document=document,
        matter=document.matter,
        submission=submission,
        is_intact=candidate.current_digest == candidate.frozen_digest,
        members=[_member(draft, held, findings) for draft in held.drafts],
        attribute=words.attribute(held.drafts[0].attribute) if held.drafts else "",
        item=held.drafts[0].item if held.drafts else None,
        publish_at=words.moment(held.drafts[0].publish_at) if held.drafts else "",
        checks=gates.checks(candidate, document.matter.reference, {}),
        act=shown,
        form=form,
        **context,
    )


@dataclass(frozen=True, slots=True)
class MemberRead:
    """A member of the frozen bundle, laid out for reading with its findings marked."""

    draft: Draft
    kind: str
    head: list[tuple[str, str]]
    covered: list[tuple[str, str]]
    plan: list[str]
    staged: list[str]
    title: marking.Marked
    body: marking.Marked
    files: tuple[Attachment, ...]
    texts: list[tuple[str, marking.Marked]]
    """The texts of the files in which something was found."""


def _member(draft: Draft, held: bundles.Bundle, findings: Sequence[dict[str, Any]]) -> MemberRead:
    def marked(source: str, name: str) -> marking.Marked:
        return marking.marked(source, f"{draft.part}.{name}", findings)

    files = held.files[draft.pk]
    texts = [(file.name, marked(marking.paragraphs(file.blob.text), f"file:{file.name}")) for file in files]
    return MemberRead(
        draft=draft,
        kind=words.kind(draft.kind),
        head=head(draft.fields),
        covered=coverage(draft.fields),
        plan=_lines(draft.fields.get("plan"), ("outline", "form", "ways", "time")),
        staged=_lines(draft.fields.get("staged"), ("due_on", "form", "note")),
        title=marked(html.escape(str(draft.fields.get("title", "")), quote=False), "title"),
        body=marked(_body(draft), "body"),
        files=files,
        texts=[(name, text) for name, text in texts if text.count],
    )


def _lines(told: Sequence[dict[str, Any]] | None, names: Sequence[str]) -> list[str]:
    """Return each line of a plan as it is read, with the form's own term."""
    lines = ({**line, "form": words.form(str(line.get("form", "")))} for line in told or ())
    return [" · ".join(str(line[name]) for name in names if line.get(name)) for line in lines]


def _body(draft: Draft) -> str:
    return str(draft.fields.get("body", ""))


def head(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the head of a member as the national pattern has it, for reading."""
    names = (
        ("发文字号", "number"),
        ("发文机关", "department"),
        ("主题分类", "topic"),
        ("成文日期", "formed_on"),
        ("修改日期", "changed_on"),
        ("施行日期", "effective_from"),
        ("有效期至", "valid_until"),
    )
    return [(label, str(fields.get(name) or "")) for label, name in names if fields.get(name)]


def coverage(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the nine fields of an interpretation that were written, in the order of the law."""
    covered = fields.get("coverage") or {}
    return [(each.term, covered[each.code]) for each in rules.INTERPRETATION_FIELDS if covered.get(each.code)]
