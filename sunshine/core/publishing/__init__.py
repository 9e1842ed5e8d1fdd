"""Drafts, reviews, the gate, the directory, and the records that came through the gate.

Owns everything between "somebody is writing" and "everyone can read it, for ever". A draft holds the
fields of one record-to-be; all drafts of a matter are one bundle. Submitting freezes the bundle to a
digest; reviews are bound to that digest; the gate asks its table of checks; publishing writes the
records of the whole bundle and their public ledger entries in one transaction.

Asks `matters` what a bundle belongs to and `ledger` to enter what became public. Rooms of `work`
call it; every public door and lens reads records through `queries.visible`, the one rule of what is
public, and never drafts. It must not know kinds of work, only kinds of records.

The one surprise: a record version's fields are salted and committed one by one, so a field can
lawfully be erased later while the digest in the log still verifies.
"""
