"""Verbs of matters: open, act, hand over, leave a post."""

from __future__ import annotations

from sunshine.core.matters.operations.acting import (
    act,
    go_on_after,
    next_number,
    next_numbers,
    open_matter,
)
from sunshine.core.matters.operations.posts import (
    appoint,
    change_roles,
    close_account,
    close_post,
    create_post,
    delegate,
    end_delegation,
    enter_person,
    found_department,
    give_password,
    leave_post,
    take_second_factor,
)
from sunshine.core.matters.operations.rebuilding import rebuild_due_moments
from sunshine.core.matters.operations.sending import SentBefore, forget_pages, once, page_key
from sunshine.core.matters.operations.timing import by_time

__all__ = [
    "SentBefore",
    "act",
    "appoint",
    "by_time",
    "change_roles",
    "close_account",
    "close_post",
    "create_post",
    "delegate",
    "end_delegation",
    "enter_person",
    "forget_pages",
    "found_department",
    "give_password",
    "go_on_after",
    "leave_post",
    "next_number",
    "next_numbers",
    "once",
    "open_matter",
    "page_key",
    "rebuild_due_moments",
    "take_second_factor",
]
