"""What people see and touch. The only room, with `app`, that imports PySide6."""
