"""The yearly report in plain Python: cases, figures, the national forms, what must add up, the words.

`cases` says what is counted, `log` reads it from the public log, `counting` makes figures of it, `forms`
lays them out in the national tables of each year, `identities` names the cell that cannot be right,
`prose` writes the sections around them. Nothing here asks a database.
"""
