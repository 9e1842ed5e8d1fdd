"""The pure heart: procedures, working days, clocks, canonical bytes and the Merkle log.

Everything here is a value or a function of values: no database, no Django, no clock, no network.
A moment or a day enters as an argument, so any past state can be computed again. Any floor above
may call it; it calls nobody.

The one surprise: words a person will read (reasons, wordings of acts) are English here and marked
with `words.gettext_noop`; the doors translate them.
"""
