"""Updates of the tables, in order."""
