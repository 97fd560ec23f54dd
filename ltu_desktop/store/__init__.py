"""The file: tables, the one way to write, the journal, the key, migrations, backups.

The only room with SQL besides `queries`. Knows nothing of payroll files, documents or windows.

`file.Store` is the door. Behind it: `gate` (how rows change), `journal` and `undoing`, `opening` with `key`, `lock` and
`connect`, `copies` with `backups`, `migrate` with `migrations`, `checking`, and `trouble` (errors in words).
"""
