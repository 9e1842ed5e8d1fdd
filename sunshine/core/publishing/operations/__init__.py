"""Verbs of publishing by subject: drafts, files, submitting and reviewing, releasing, mending, directory."""

from __future__ import annotations
