#!/bin/sh
# Debian's own Python, the program's own libraries; nothing of this person's environment is mixed in.
exec /usr/bin/python3 -I -B -X utf8 /usr/lib/ltu-desktop/start.py "$@"
