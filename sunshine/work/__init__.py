"""The bureau's kinds of work, one room each; they are strangers to each other.

A room keeps its own details and its procedures; the row that moves, its clocks and its ledger belong
to `core.matters`, and everything public to `core.publishing`.
"""
