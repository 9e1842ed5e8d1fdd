"""Tables of publishing, by subject: the directory, drafts and their reviews, records, files."""

from __future__ import annotations

from sunshine.core.publishing.models.conditions import Condition
from sunshine.core.publishing.models.directory import DirectoryItem
from sunshine.core.publishing.models.drafts import Attachment, Autosave, Draft, Review, Revision, Submission
from sunshine.core.publishing.models.files import Blob
from sunshine.core.publishing.models.records import Erasure, Record, RecordFile, RecordVersion

__all__ = [
    "Attachment",
    "Autosave",
    "Blob",
    "Condition",
    "DirectoryItem",
    "Draft",
    "Erasure",
    "Record",
    "RecordFile",
    "RecordVersion",
    "Review",
    "Revision",
    "Submission",
]
