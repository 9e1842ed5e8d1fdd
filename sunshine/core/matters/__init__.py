"""The row behind every case: what it is, which stage it is in, whose it is, which clocks run.

Owns matters, their clock events, gapless numbers and the one way to act: `operations.act` locks the
matter, asks its procedure, applies the clock effects and enters the act in the ledger. Asks `people`
which roles somebody holds and `ledger` who did what before. Every room of `work` builds on it and
keeps its own details in a table of its own that points here.

It must not know what kinds of matters exist; the procedures are listed in `settings.PROCEDURES`.

The one surprise: due moments are never truth. Clock events are; `next_due_at` is a cache for worklists,
and so is what is expected of whom (`Expectation`). `operations.rebuild_due_moments` must find both correct.
"""
