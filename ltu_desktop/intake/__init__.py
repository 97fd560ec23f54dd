"""Files in: payroll declarations, staff lists, hours → typed records and problems. Knows no database."""
