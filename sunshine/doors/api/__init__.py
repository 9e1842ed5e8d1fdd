"""Programs read here: versioned JSON about what is public, described by OpenAPI, with nothing to write.

Everything it gives comes from `publishing.queries` (records, listing, directory), `ledger.queries`,
the search lens and the kernel's explanations; drafts and matters are out of its sight. Its shapes are
its own and never a dumped row: within version 1 a field may be added, never renamed or removed.

The one surprise: a withdrawn record answers 410 with date, ground and reason, not 404.
"""
