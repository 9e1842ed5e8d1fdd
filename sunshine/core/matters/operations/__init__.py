"""Verbs of matters: open, act, hand over, leave a post."""

from __future__ import annotations

from sunshine.core.matters.operations.acting import act, next_number, open_matter, rebuild_due_moments
from sunshine.core.matters.operations.posts import appoint, delegate, leave_post

__all__ = ["act", "appoint", "delegate", "leave_post", "next_number", "open_matter", "rebuild_due_moments"]
