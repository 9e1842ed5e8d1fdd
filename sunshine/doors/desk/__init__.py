"""The officers' door: worklist, matters, editor, reviews, the gate, reference data, the log of acts.

Every page is for somebody who has signed in, with a second factor where the bureau asks for one;
`guard` sees to both, keeps every answer out of caches and turns refusals into pages. A view reads a
form, calls one operation of `work` or `core` with the officer and the moment, and leads on. What a
person may do is the procedure's answer (`acts_open`), never decided here; the few reference lists
that have no procedure (directory, people, log) ask `permits` for a role.

The one surprise: an act without a page of its own gets its form from the procedure's table (`deeds`,
`facts`), so a new act needs no new view.
"""
