"""Reads everything, owns nothing but what can be rebuilt.

A lens may ask the floors below it. Nothing below knows that a lens exists: it hears of what happened
through the ledger's deliveries, wired in `project`.
"""
