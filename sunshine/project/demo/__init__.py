"""The model bureau: an invented city, invented people, and documents written for it, in every stage.

Owns the texts (`texts/`: the bureau, its directory, its documents) and the play that turns them into an
installation: each story is told day by day, the days of all stories in one order, through the same
operations that the desk calls and never around them. So the demo obeys the rules that it shows.

Only the command `sunshine demo` calls it, once, on an installation that holds nothing yet. It must not
know tables; it asks the rooms' operations.

The one surprise: no date stands in the texts. They say "so many working days ago" (`{day-20}`), so that
the clocks show green, yellow and red whenever the demo is played.
"""

from __future__ import annotations
