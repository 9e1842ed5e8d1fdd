"""Chinese official text, as plain Python: what it says, what must not stand in it, how it is found.

Owns the reading of files, markup and lists (`extract`, `markup`, `sheets`), the detectors of personal
data and of slips (`privacy`, `proofread`), the words of the search (`tokens`), near-duplicates and key
phrases (`similarity`, `keywords`), the conversion between the two scripts (`script`) and the comparison
of two texts (`difference`). All of them see a text through `normal`, which undoes full-width forms and
hidden characters without losing the places.

Asks nobody: no database, no settings, no clock. Anyone may call it, also alone: `python -m sunshine.text`.
It must not know what a document, a gate or a reviewer is; it finds, and others decide.

The one surprise: every finding counts in characters of the text that was given, however much was
folded away in order to find it.
"""
