"""What all work rests on, lowest first: people, the ledger, matters, publishing.

A room here may ask the rooms below it and the floors `text` and `kernel`, never one above.
"""
