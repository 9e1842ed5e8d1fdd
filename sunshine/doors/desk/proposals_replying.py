"""Drafting a reply to a deputy: class, words, mark, ground, and what it promises by which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters.models import Matter
from sunshine.doors.desk import fields, listed, proposals_matter, refusals, shell
from sunshine.kernel import errors
from sunshine.kernel.verdict import Reason
from sunshine.kernel.words import gettext_noop
from sunshine.work.proposals import operations as proposals
from sunshine.work.proposals import queries, rules
from sunshine.work.proposals.models import Proposal, Reply
from sunshine.work.proposals.rules import commitments


class AnswerForm(forms.Form):
    """The draft of a reply in a session's classes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, proposal: Proposal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = rules.set_named(proposal.session.classes)
        classes = [(each.code, f"{each.code} {each.term}") for each in (own.classes if own else ())]
        self.fields["reply_class"] = forms.ChoiceField(
            label=_("Reply class"), choices=classes, widget=forms.RadioSelect
        )
        self.fields["text"] = forms.CharField(
            label=_("The reply"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 14})
        )
        self.fields["commitments"] = fields.Lines(
            label=_("What is promised"),
            required=False,
            help_text=_("One a line: the day, then what will be done by it, such as “2026-12-31 built”."),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["mark"] = forms.ChoiceField(
            label=_("Is the reply public?"),
            choices=listed.choices(rules.MARKS),
            widget=forms.RadioSelect,
        )
        self.fields["ground"] = forms.CharField(
            label=_("Ground, where it is not public"), required=False, max_length=200
        )

    def clean_commitments(self) -> list[tuple[date, str]]:
        """Return what is promised, or say which line names no day."""
        read = commitments.read(self.cleaned_data["commitments"])
        slips = [each.line for each in read if isinstance(each, commitments.Slip)]
        if slips:
            raise forms.ValidationError(
                _("No day can be read in this line: %(line)s") % {"line": slips[0][:60]}
            )
        return [each for each in read if not isinstance(each, commitments.Slip)]


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form with what was drafted last, or enter the draft and lead back to the matter."""
    matter = proposals_matter.readable(request, reference)
    if matter.kind not in rules.LED:
        raise errors.NotFound(Reason(gettext_noop("There is no such act")))
    proposal = queries.proposal(reference)
    if request.method != "POST":
        return _page(request, matter, AnswerForm(proposal, initial=_initial(matter)))
    form = AnswerForm(proposal, request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.fields}
        try:
            proposals.draft_reply(matter.pk, **given, actor=shell.staff(request), at=timezone.now())
        except errors.RuleBroken as refusal:
            refusals.onto(form, refusal)
        except errors.StaleStage as refusal:
            return refusals.answer(request, refusal, form=form)
        else:
            messages.success(request, _("Done: %(act)s") % {"act": _("Draft the reply to the deputy")})
            return HttpResponseRedirect(reverse("desk:matter", args=[reference]))
    return _page(request, matter, form)


def _initial(matter: Matter) -> dict[str, Any]:
    kept = Reply.objects.filter(proposal_id=matter.pk, replied_on=None).first()
    initial: dict[str, Any] = {"seen": matter.version, "mark": "proactive"}
    if kept is not None:
        promised = [f"{each.due_on.isoformat()} {each.text}" for each in kept.commitments.all()]
        initial |= {name: getattr(kept, name) for name in ("reply_class", "text", "mark", "ground")}
        initial["commitments"] = promised
    return initial


def _page(request: HttpRequest, matter: Matter, form: AnswerForm) -> HttpResponse:
    return shell.page(
        request,
        "desk/simple.html",
        title=_("Draft the reply to the deputy"),
        place="proposals",
        matter=matter,
        form=form,
        action=_("Lay before the leader"),
        status=422 if form.errors else 200,
    )
