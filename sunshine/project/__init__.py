"""Puts the house together: settings, addresses, wiring, schedule and the commands.

Nothing here decides anything about documents or clocks. `environment` reads the outside once and
stops the start with a sentence when a value is bad; `settings` turns it into Django's names;
`wiring` is the one table from ledger entries to handlers; `schedule` the one from times to operations.

The one surprise: every installation keeps everything it owns under one folder, `SUNSHINE_HOME`.
"""
