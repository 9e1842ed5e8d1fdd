"""Deputies' suggestions and CPPCC proposals (人大代表建议、政协提案): from the list to the kept promise.

It owns the sessions, the proposals with lead and joint handlers, the talks with the deputy, the replies
with their classes, the satisfaction, the publication of each reply within its days, and the commitments
that a reply makes. It asks matters to move what it handles, people who holds which role, and publishing
whether a reply's record is visible. The desk imports the list and does the acts; the public site shows
the sessions. The document by which a reply becomes public is begun by the desk, which knows both rooms.

Its figures are named questions with their lists: `queries.counted(year=2018)` or `(session=…)` gives one
row a proposal, `rules.figures.figures(rows)` counts them under the names of `rules.figures.NAMES`
(`proposals.all`, `proposals.lead`, `proposals.joint`, …), each figure with the rows that make it.

It must not know any other kind of work, nor how a record is made.

The one surprise: an opinion asked of a department and the publication of a reply are matters of their
own, beside the proposal's: each has one clock, one light and one place in somebody's worklist.
"""
