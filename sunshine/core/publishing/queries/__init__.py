"""Questions to publishing; `records` holds the one rule of what is public."""

from __future__ import annotations
