"""Other systems read here: the public log's machine side, Atom feeds, and the site map.

Everything it gives comes from `publishing.queries` (records, listing) and `ledger.queries`; it owns
no table and holds no rule. What a reader has already is answered with 304: the size of the public log
names the whole public state, because every public change adds a line to it.

The one surprise: a feed speaks the site's own language whatever the reader prefers, so that one
address has one content.
"""
