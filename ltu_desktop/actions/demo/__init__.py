"""The demo: a fictional job factory that writes its own payroll and staff list, then imports them as a user would."""
