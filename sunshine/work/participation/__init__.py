"""Public participation: comment calls, the procedure of major decisions, hearings, open meetings, events.

It owns what people say of a draft and what they are answered, the steps a decision must have taken, the
seats of meetings and hearings with their waiting lists and draws, and the yearly list of matters open to
participation. It asks matters to move its cases, publishing for the records that calls are about and for
the conditions that the gate asks, and people who holds which role. The public site takes opinions and
sign-ups in; the desk does the rest.

It must not know how documents are written: a call begins when the record of a draft appears, and ends
when the record of its report does (`handlers`).

The one surprise: who says something is sealed and known again only by a mark, yet persons are counted:
ten letters of one telephone are one person, and one text sent by a hundred is a hundred.
"""
