"""The rules of citizens' letters, plain Python: by which way, by when, how they end, what makes one wait.

`terms` holds the fixed lists, `periods` the terms (most of them local and open), `checks` what acts ask,
`table` with `stages`, `replying` and `after` the procedures of cases and petitions, `side_tables` those of
tasks and alerts, `posting` what a message must say, `foreign` the fold of other systems' messages.
"""

from __future__ import annotations

from sunshine.work.correspondence.rules import side_tables, table

PROCEDURES = (table.CASE, table.PETITION, side_tables.TASK, side_tables.ALERT)
