"""The shapes of version 1: every field with its title; a field may be added, never renamed or removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from sunshine.kernel.words import gettext_noop as _

Reference = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{5,12}$")]
State = Literal["not_yet", "valid", "lapsed", "repealed"]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class RecordLine(Schema, json_schema_extra={"description": _("A public record as lists show it.")}):
    reference: Reference = Field(title=_("Reference"), description=_("Its lasting number on this site."))
    url: str = Field(title=_("Page"), description=_("The page for people."))
    api_url: str = Field(title=_("Whole record"), description=_("The whole record in this interface."))
    kind: str = Field(title=_("Kind"), description=_("Code of the kind of record."))
    kind_term: str = Field(title=_("Kind, the field's term"))
    title: str = Field(title=_("Title"))
    number: str = Field(title=_("Document number"), description=_("发文字号; empty where it has none."))
    topic: str = Field(title=_("Topic"))
    department: str = Field(title=_("Issuing department"))
    item: str = Field(title=_("Directory item"), description=_("Code of its item of the directory."))
    column: str = Field(title=_("Column"), description=_("Code of the national column it stands in."))
    formed_on: date | None = Field(title=_("Formed on"))
    effective_from: date | None = Field(title=_("In force from"))
    valid_until: date | None = Field(title=_("Last day in force"))
    repealed_on: date | None = Field(title=_("Repealed on"))
    validity: State = Field(title=_("Validity"), description=_("On the day asked for, today unless named."))
    validity_term: str = Field(title=_("Validity, the field's term"))
    published_at: datetime = Field(title=_("Published at"), description=_("The true moment on this site."))
    changed_at: datetime = Field(title=_("Last change"))
    version: int = Field(title=_("Newest version"))
    due_on: date | None = Field(title=_("Due on"), description=_("The last day on which it was in time."))
    in_time: bool | None = Field(title=_("In time"), description=_("Empty where no time limit applies."))
    imported: bool = Field(title=_("Imported"), description=_("It was taken over from the former site."))
    interprets: Reference | None = Field(title=_("Interprets"), description=_("The record it interprets."))


class Records(
    Schema, json_schema_extra={"description": _("Some records, newest first, and where the list goes on.")}
):
    records: list[RecordLine] = Field(title=_("Records"))
    next: str | None = Field(
        title=_("Next page"), description=_("Address of the next page; empty at the end.")
    )


class File(Schema, json_schema_extra={"description": _("A file published with a version.")}):
    position: int = Field(title=_("Position"))
    name: str = Field(title=_("File name"))
    url: str | None = Field(title=_("Address"), description=_("Empty where it was lawfully erased."))
    media_type: str = Field(title=_("Media type"))
    size: int = Field(title=_("Size in bytes"))
    sha256: str = Field(title=_("SHA-256 of its bytes"))


class RecordWhole(
    RecordLine,
    json_schema_extra={"description": _("A public record with the content of its newest version.")},
):
    summary: str = Field(title=_("Summary"))
    body: str = Field(title=_("Body text"), description=_("The text as clean HTML."))
    files: list[File] = Field(title=_("Attachments"))
    form: str = Field(title=_("Form of interpretation"))
    coverage: dict[str, str] = Field(
        title=_("What the interpretation covers"), description=_("Text by field of the interpretation.")
    )
    interpretations: list[Reference] = Field(
        title=_("Interpretations"), description=_("Records that interpret it.")
    )
    attribute_term: str = Field(title=_("Openness attribute, the field's term"))
    erased: list[str] = Field(title=_("Erased fields"), description=_("Fields that the law made us erase."))
    digest: str = Field(title=_("Digest"), description=_("The digest that the public log promises."))
    index: int = Field(title=_("Place in the log"))
    sealed_url: str = Field(
        title=_("Sealed content"), description=_("What the digest is computed from, for verifying.")
    )
    proof_url: str = Field(title=_("Proof"), description=_("Proof file that it stands in the log."))


class VersionLine(Schema, json_schema_extra={"description": _("One version of a record.")}):
    number: int = Field(title=_("Version"))
    title: str = Field(title=_("Title"))
    published_at: datetime = Field(title=_("Published at"))
    digest: str = Field(title=_("Digest"))
    index: int = Field(title=_("Place in the log"))
    erased: list[str] = Field(title=_("Erased fields"))
    url: str = Field(title=_("Page"))
    sealed_url: str = Field(title=_("Sealed content"))
    proof_url: str = Field(title=_("Proof"))


class Versions(Schema, json_schema_extra={"description": _("All versions of a record, oldest first.")}):
    reference: Reference = Field(title=_("Reference"))
    versions: list[VersionLine] = Field(title=_("Versions"))


class Item(
    Schema,
    json_schema_extra={
        "description": _("An item of the directory of proactive disclosure, and whether its promise is kept.")
    },
):
    code: str = Field(title=_("Code"))
    url: str = Field(title=_("Page"))
    feed_url: str = Field(title=_("Feed"))
    column: str = Field(title=_("Column"))
    subject: str = Field(title=_("Subject of disclosure"))
    content: str = Field(title=_("What is published"))
    statutory_key: str = Field(title=_("Item of the law"), description=_("As in FOI 2019 art. 20 and 21."))
    basis: str = Field(title=_("Legal basis"))
    limit_length: int = Field(title=_("Time limit"))
    limit_unit: str = Field(title=_("Unit of the time limit"))
    renewed_every: int | None = Field(title=_("Renewed every so many days"))
    channels: list[str] = Field(title=_("Channels"))
    audience: str = Field(title=_("Audience"))
    owner: str = Field(title=_("Responsible department"))
    records: int = Field(title=_("Records"), description=_("How many visible records stand under it."))
    due: int = Field(title=_("Records with a time limit"))
    in_time: int = Field(title=_("Records in time"))
    newest: datetime | None = Field(title=_("Newest publication"))
    covered: bool = Field(title=_("Covered"), description=_("At least one visible record stands under it."))
    stale: bool = Field(title=_("Stale"), description=_("It was not renewed in its time."))


class Directory(
    Schema, json_schema_extra={"description": _("The directory of proactive disclosure with its coverage.")}
):
    items: int = Field(title=_("Items"))
    covered: int = Field(title=_("Items with a record"))
    stale: int = Field(title=_("Stale items"))
    due: int = Field(title=_("Records with a time limit"))
    in_time: int = Field(title=_("Records in time"))
    directory: list[Item] = Field(title=_("The items"))


class ColumnLine(Schema, json_schema_extra={"description": _("One of the five national columns.")}):
    slug: str = Field(title=_("Code"))
    term: str = Field(title=_("The field's term"))
    url: str = Field(title=_("Page"))
    feed_url: str = Field(title=_("Feed"))
    items: int = Field(title=_("Items"))
    records: int = Field(title=_("Records"))


class Columns(
    Schema, json_schema_extra={"description": _("The five national columns, in their fixed order.")}
):
    columns: list[ColumnLine] = Field(title=_("Columns"))


class LogInfo(
    Schema, json_schema_extra={"description": _("What one needs to follow and verify the public log.")}
):
    origin: str = Field(title=_("Name of the log"))
    size: int = Field(title=_("Lines"))
    checkpoint: str = Field(
        title=_("Newest signed checkpoint"), description=_("Empty while the log is empty.")
    )
    key: str = Field(title=_("Key for verifying"))
    checkpoint_url: str = Field(title=_("Address of the checkpoint"))
    tiles_url: str = Field(title=_("Where the tiles lie"), description=_("As C2SP tlog-tiles asks."))


class LogProof(
    Schema, json_schema_extra={"description": _("The proof that a version of a record stands in the log.")}
):
    reference: Reference = Field(title=_("Reference"))
    version: int = Field(title=_("Version"))
    digest: str = Field(title=_("Digest"))
    index: int = Field(title=_("Place in the log"))
    size: int = Field(title=_("Lines of the log that the proof is for"))
    hashes: list[str] = Field(title=_("Path to the root"), description=_("Hashes in base64, lowest first."))
    checkpoint: str = Field(title=_("Signed checkpoint"))
    file: str = Field(title=_("Proof file"), description=_("The same as a .tlog-proof file."))


class Day(Schema, json_schema_extra={"description": _("What a day is in the working calendar.")}):
    date: date
    kind: str = Field(title=_("Kind of day"), description="working, weekend, holiday, swapped")
    is_working_day: bool = Field(title=_("Working day"))
    provisional: bool = Field(title=_("Provisional"), description=_("A notice still to come may change it."))
    source: str | None = Field(title=_("Notice"), description=_("Where the year's days off were announced."))


class Clock(Schema, json_schema_extra={"description": _("When a period ends and why, day by day.")}):
    sentence: str = Field(title=_("In one sentence"))
    arithmetic: str = Field(title=_("What makes it differ from a plain count"))
    due_on: date | None = Field(title=_("Last day"))
    due_at: datetime | None = Field(title=_("First moment that is too late"))
    provisional: bool = Field(title=_("Provisional"))
    reading: dict[str, Any] = Field(
        title=_("The whole reading"), description=_("With every day and its number.")
    )


class Health(Schema, json_schema_extra={"description": _("The site's own figures.")}):
    records: int = Field(title=_("Records"))
    due: int = Field(title=_("Records with a time limit"))
    in_time: int = Field(title=_("Records in time"))
    newest: datetime | None = Field(title=_("Newest publication"))
    log_size: int = Field(title=_("Lines"))
    calendar_announced_through: date | None = Field(title=_("Working calendar announced through"))


class ReasonLine(Schema, json_schema_extra={"description": _("One reason why something was refused.")}):
    text: str = Field(title=_("Reason"))
    basis: str = Field(title=_("Legal basis"))
    field: str = Field(title=_("Field"))


class Problem(Schema, json_schema_extra={"description": _("Why there is no answer (RFC 9457).")}):
    type: str = Field(title=_("Kind of problem"))
    title: str = Field(title=_("Title"))
    status: int = Field(title=_("Status"))
    detail: str = Field(title=_("Explanation"))
    instance: str = Field(title=_("What was asked"))
    reasons: list[ReasonLine] = Field([], title=_("Reasons"))


class Gone(
    Problem,
    json_schema_extra={"description": _("A withdrawn record: when, on which ground, why, and who decided.")},
):
    reference: Reference = Field(title=_("Reference"))
    withdrawn_at: datetime = Field(title=_("Withdrawn at"))
    ground: str = Field(title=_("Ground"))
    reason: str = Field(title=_("Reason"))
    decided_by: str = Field(title=_("Decided by"))
