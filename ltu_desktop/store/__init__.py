"""The file: tables, the one way to write, the journal, the key, migrations, backups.

The only room with SQL besides `queries`. Knows nothing of payroll files, documents or windows.
"""
