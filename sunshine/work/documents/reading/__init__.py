"""Reading the files of a former site: which files there are, what each says, what a table adds to it.

Plain reading, without a database: `sources` walks a folder or an archive and trusts none of it,
`table` reads the sheet of metadata, `heads` finds titles, dates and numbers in a text, `reader` puts
them together and runs the automatic checks. `operations.importing` decides what becomes of it.

The one surprise: nothing is ever unpacked to disk, so a hostile name can lead nowhere.
"""
