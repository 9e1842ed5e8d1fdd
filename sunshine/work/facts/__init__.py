"""Recorded facts (事实记载): dated statements with a number that no procedure of the house counts.

It owns the facts of a year that an officer enters for the yearly report: what, how much, in which unit, as
of which day, from which source, and where it is a count, the list that makes it. A fact that was entered
wrongly is corrected by a newer one or struck; the older one stays. It asks nobody; the desk enters facts,
the reporting lens reads them, and each is an entry of the ledger.

It must not know any other kind of work, nor the report.

The one surprise: nothing here is public. A fact becomes public with a report that names it, through the
gate, and the report carries it as it stood then.
"""
