"""Looking back (年度自查): what stays closed is looked at again, what is often asked becomes public.

It owns the yearly review of everything that is not public with its lottery and its report to the
municipal office, the single decisions on what stays closed or is opened (drawn, or because a ground comes
to its end), the tasks to make public what several people have asked for, and the reminder of the yearly
report. Each is a matter with one clock. It asks matters to move them and people who holds which role.

What is kept closed and what is asked for is told to it by a lens, through the timed work of the house: it
must not know documents or requests. At the desk a decision to open leads to the document's own act.

The one surprise: the lottery's seed is the root of the public log at the moment of the draw. Nobody can
choose it, and whoever has the list of candidates draws the same again.
"""
