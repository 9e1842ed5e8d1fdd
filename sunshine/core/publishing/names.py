"""Names of files as they may stand in an address and on any disk."""

from __future__ import annotations

import re

SAFE_NAME = re.compile(r"[^\w.\-（）()《》〔〕、·]+")


def safe_name(name: str) -> str:
    """Return a file name fit for an address and for any disk: no folders, at most 200 bytes."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = SAFE_NAME.sub("_", bare).strip("._")
    stem, dot, ending = cleaned.rpartition(".") if "." in cleaned else (cleaned, "", "")
    return f"{stem.encode()[:190].decode('utf-8', 'ignore')}{dot}{ending[:9]}" or "file"
