"""The figures of a year, and the annual report that is written from them.

A figure is a named question over the record together with the cases that answer it: it never stands
without its list, and as many cases as it says are in it. `rules` holds the national forms, the counting,
the identities and the prose as plain Python; `queries` reads the cases from the record, `rules.log` reads
the same cases from the lines of the public log, and both are counted by the same few functions.
`drafting` puts a report before the gate as a document like any other; `rendering` makes its page, its
Word file, its PDF and its machine-readable form.

It may read every room below and owns no table. It must not decide what is published.

The one surprise: a published report carries its cases with it, in its machine-readable file, as they stood
at one size of the log. Its figures open that list for ever, whatever happens to the cases later.
"""
