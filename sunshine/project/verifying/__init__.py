"""Verification by anybody: a log, its records, their files and pages, with the public key and nothing else.

`sites` reads a served site, a mirror in a folder; `log` checks the signed checkpoint, tiles and entries;
`records` checks what the entries promise; `manifest` checks a mirror's every file; `checking` puts them
together. None of it needs Django, a database or our word; `database` alone opens an installation.

The one surprise: whoever is wrong is named as exactly as two witnesses allow. A tile that differs from its
entries is told from an entry that was changed by asking which of the two leads to the signed root.
"""

from __future__ import annotations
