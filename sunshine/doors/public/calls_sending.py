"""A comment call: the draft paragraph by paragraph with a place to write at each; save, come back, send."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunshine.core.matters import operations as matters
from sunshine.core.publishing.queries import records
from sunshine.design import parts
from sunshine.doors.public import answer, calls, calls_following, following, page, requests_wording, wording
from sunshine.doors.public.calls_forms import SenderForm
from sunshine.kernel import errors
from sunshine.text import paragraphs
from sunshine.work.participation import composing, texting
from sunshine.work.participation.models import CommentCall, Submission
from sunshine.work.participation.operations import sending
from sunshine.work.participation.queries import calls as queries
from sunshine.work.participation.queries import telling
from sunshine.work.participation.rules import calls as rules
from sunshine.work.participation.rules import terms

MUCH, WITHIN = 30, 3600
"""From one neighbourhood of addresses in an hour; what is more is kept and asks to be confirmed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph with what the reader has typed at it and how many others spoke of it."""

    paragraph: paragraphs.Paragraph
    typed: str
    others: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form: texts by place, when it was begun, under which code it is saved."""

    texts: Mapping[str, str] = field(default_factory=dict)
    begun_at: datetime | None = None
    saved_code: str = ""


@require_http_methods(["GET", "POST"])
def call(http_request: HttpRequest, reference: str) -> HttpResponse:
    """Show the call; save what was typed, bring it back, or send it."""
    try:
        found = queries.public_call(reference)
    except errors.NotFound as refusal:
        return answer.not_found(refusal)
    if http_request.method != "POST":
        return _page(http_request, found, Typed())
    wish = http_request.POST.get("do", "send")
    doing = {"save": _save, "restore": _restore}.get(wish, _send)
    return doing(http_request, found)


def _send(http_request: HttpRequest, call: CommentCall) -> HttpResponse:
    form = SenderForm(http_request.POST, http_request.FILES)
    typed = _typed(http_request, call)
    if not form.is_valid():
        return _page(http_request, call, typed, form=form)
    once = _storable(http_request.POST.get("once", ""))[:40]
    try:
        key = matters.page_key("opinion", once, http_request.POST, http_request.FILES)
        submission, code = _take_in(http_request, call, form, typed, key)
    except matters.SentBefore as before:
        return _again(http_request, before.code)
    except errors.RuleBroken as refusal:
        return _page(http_request, call, typed, form=_with_reasons(form, refusal))
    return _receipt(http_request, submission, code)


def _take_in(
    http_request: HttpRequest, call: CommentCall, form: SenderForm, typed: Typed, page_key: str
) -> tuple[Submission, str]:
    now = timezone.now()
    said = sending.Said(
        pieces=[(int(name[1:]), text) for name, text in typed.texts.items()],
        sender=form.sender(),
        begun_at=typed.begun_at or now,
        files=_files(http_request),
        is_much=_is_much(http_request),
    )
    return sending.send(call, said, at=now, page=page_key)


def _with_reasons(form: SenderForm, refusal: errors.RuleBroken) -> SenderForm:
    for reason in refusal.reasons:
        place = reason.field if reason.field in form.fields else None
        form.add_error(place, requests_wording.reason(reason))
    return form


def _files(http_request: HttpRequest) -> Sequence[tuple[str, bytes]]:
    return [(str(file.name), file.read()) for file in http_request.FILES.getlist("attachments")]


def _is_much(http_request: HttpRequest) -> bool:
    """Return whether much came from this neighbourhood lately; nothing is refused for it."""
    key = f"opinions-from:{neighbourhood(http_request.META.get('REMOTE_ADDR', ''))}"
    cache.add(key, 0, WITHIN)
    return cache.incr(key) > MUCH


def neighbourhood(address: str) -> str:
    """Return the network that an address belongs to: a /24, or a /48 of the new addresses."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))


def _typed(http_request: HttpRequest, call: CommentCall) -> Typed:
    count = queries.paragraph_count(call)
    names = [f"p{number}" for number in range(count + 1)]
    given = {name: _storable(http_request.POST.get(name, "")) for name in names}
    texts = {name: text for name, text in given.items() if text.strip()}
    return Typed(texts, _begun(http_request, call), http_request.POST.get("saved_code", "")[:30])


def _storable(text: str) -> str:
    """Return what no field of a form checks without the one character that PostgreSQL keeps in no text."""
    return text.replace("\0", "")


def _begun(http_request: HttpRequest, call: CommentCall) -> datetime:
    """Return when this page was opened, as its own signature says; now, where it says nothing."""
    try:
        told = signing.loads(http_request.POST.get("begun", ""), salt=f"begun {call.pk}")
        return datetime.fromisoformat(told)
    except (signing.BadSignature, ValueError, TypeError):
        return timezone.now()


def _save(http_request: HttpRequest, call: CommentCall) -> HttpResponse:
    typed = _typed(http_request, call)
    sender = {name: http_request.POST.get(name, "") for name in ("name", "email", "phone")}
    kept = {**typed.texts, **sender}
    now = timezone.now()
    code = sending.save(call, kept, begun_at=typed.begun_at or now, at=now, code=typed.saved_code)
    typed = Typed(typed.texts, typed.begun_at, code)
    return _page(http_request, call, typed, form=SenderForm(initial=sender), was_saved=True)


def _restore(http_request: HttpRequest, call: CommentCall) -> HttpResponse:
    form = following.CodeForm(http_request.POST, prefix="saved")
    code = form.cleaned_data["code"] if form.is_valid() else ""
    try:
        kept, begun_at = sending.restore(call, code)
    except errors.NotFound:
        return _page(http_request, call, Typed(), not_found=True)
    sender = {name: kept.pop(name, "") for name in ("name", "email", "phone")}
    typed = Typed(kept, begun_at, code)
    return _page(http_request, call, typed, form=SenderForm(initial=sender), was_restored=True)


def _page(
    http_request: HttpRequest,
    call: CommentCall,
    typed: Typed,
    *,
    form: SenderForm | None = None,
    **more: object,
) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    draft = queries.draft(call, on=on)
    others = queries.spoken_of(call)
    stage, tone = calls.stage_of(call)
    begun = typed.begun_at or now
    is_open = (
        call.matter.stage == rules.OPEN.name
        and rules.may_still_come(call.until, begun_at=begun, at=now).holds
    )
    form = form or SenderForm()
    if call.identity != terms.BY_PHONE.code:
        form.fields.pop("phone", None)
    places = [
        Place(each, typed.texts.get(f"p{each.number}", ""), others.get(each.number, 0))
        for each in draft.paragraphs
    ]
    why = telling.reasons([call])[call.pk]
    frame = page.Frame(title=draft.title, crumbs=calls.crumbs(call), description=draft.explanation[:200])
    response = page.show(
        http_request,
        "public/call.html",
        frame,
        status=422 if form.errors else 200,
        call=call,
        draft=draft,
        stage=stage,
        tone=tone,
        is_open=is_open,
        until=wording.day(call.until),
        days_left=(call.until - on).days,
        why_called_off=composing.without_personal_data(why.get("call_off", "")),
        why_prolonged=composing.without_personal_data(why.get("extend", "")),
        places=places,
        whole=typed.texts.get("p0", ""),
        spoken_of_whole=others.get(terms.WHOLE, 0),
        counted=queries.counted(call),
        answers=_answers(call),
        files=[_file(call, each) for each in draft.files if not each.is_erased],
        form=form,
        begun=signing.dumps(begun.isoformat(), salt=f"begun {call.pk}"),
        once=uuid.uuid4().hex,
        saved_code=typed.saved_code,
        restore_form=following.CodeForm(prefix="saved"),
        asks_phone=call.identity == terms.BY_PHONE.code,
        sends_codes=texting.is_possible(),
        longest=rules.LONGEST,
        **more,
    )
    return following.private(response)


def _answers(call: CommentCall) -> list[tuple[str, int]]:
    """Return how the opinions were answered, once the report is public."""
    if call.report_id is None:
        return []
    counts = queries.answers(call)
    return [(_(term.label), counts.get(term.code, 0)) for term in terms.ANSWERS]


def _file(call: CommentCall, file: records.File) -> parts.Link:
    address = [call.record.reference, call.version, file.position, file.name]
    return parts.Link(file.name, reverse("public:attachment", args=address), hint=wording.size(file.size))


def _receipt(http_request: HttpRequest, submission: Submission, code: str) -> HttpResponse:
    """Say that it arrived, under which number and code, and how it is confirmed where it must be."""
    calls_following.PLACE.keep_open(http_request, submission)
    sent, said = bool(submission.phone_code_mark), ""
    must_be_called = submission.confirmed_at is None and submission.call.identity == terms.BY_PHONE.code
    if must_be_called and not sent:
        sent, said = calls_following.try_telephone(submission)
    title = _("What you said has arrived")
    frame = page.Frame(title=title, crumbs=calls.crumbs(submission.call, title), is_indexed=False)
    response = page.show(
        http_request,
        "public/call_receipt.html",
        frame,
        reference=submission.call.matter.reference,
        number=f"{submission.call.matter.reference}-{submission.number}",
        code=code,
        must_confirm=submission.confirmed_at is None,
        code_sent=sent,
        said=said,
        is_held=submission.state == terms.HELD.code,
        in_grace=submission.in_grace,
        code_form=following.CodeForm(),
        follow_url=reverse("public:call_follow"),
    )
    return following.private(response)


def _again(http_request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt once more to who pressed twice; later, say only that nothing was sent twice."""
    if code:
        return _receipt(http_request, queries.submission_of_code(code), code)
    said = _("What you said was sent when you pressed the first time; nothing was sent twice.")
    return calls_following.PLACE.sent_before(http_request, said)
