"""The command line: `sunshine setup | demo | serve | import | verify | export | check | backup | restore`.

Each command says what it did, ends with 0, or names what is wrong and ends with another number. Only
`verify` works without an installation; the others begin with `django_ready`.
"""

from __future__ import annotations
