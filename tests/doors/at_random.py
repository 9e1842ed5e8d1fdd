"""How tests throw at an interface what its own description allows, and what it forbids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import given
from hypothesis import settings as hypothesis_settings


@contextmanager
def interface(description: str) -> Iterator[Any]:
    """Give the description as it is served, on the connection that holds the test's rows.

    Django's own test client keeps that connection between requests in the same way; used meanwhile, it lets
    the next request close it.
    """
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    try:
        yield schemathesis.openapi.from_wsgi(description, get_wsgi_application())
    finally:
        signals.request_started.connect(close_old_connections)
        signals.request_finished.connect(close_old_connections)


def ask(
    operation: Any,
    *,
    but: Sequence[Any],
    mode: schemathesis.GenerationMode = schemathesis.GenerationMode.POSITIVE,
    examples: int = 20,
    prepare: Callable[[Any], None] = lambda _case: None,
) -> list[Any]:
    """Ask one address in many ways and return the answers, each of them as the description says."""
    answers = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(max_examples=examples, deadline=None, database=None, derandomize=True)
    def ask_once(case):
        prepare(case)
        answers.append(case.call_and_validate(excluded_checks=list(but)))

    ask_once()
    return answers
