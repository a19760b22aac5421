"""Names the person at the terminal, for the record of who decided."""

from __future__ import annotations

import getpass
import sys


def user_of_this_machine() -> str:
    """Return the user's name on this machine; "unknown" where it has none, and tells how to give one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        print("this machine has no name for its user; give --by", file=sys.stderr)
        return "unknown"
