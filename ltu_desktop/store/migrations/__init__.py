"""Updates of the tables by Alembic: one file each in `versions`, named `r0002_what_it_does.py`.

A revision's id is the four digits of its file. It holds only `upgrade`: the way back is the backup that is made before.
`tables.py` says the same tables as all revisions together; a test proves it. Rows that a revision changes are found by
comparing with the backup and written to the journal, so a revision need not care. When it adds or removes rows on
purpose, it names the tables in `RECOUNTED`.
"""
