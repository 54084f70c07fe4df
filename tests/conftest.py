"""Makes the tests' folder importable, so that they share ``strategies``; lets Ctrl+C reach what they start."""

from __future__ import annotations

import signal

# What a shell starts in the background ignores Ctrl+C and hands that down; tests stop the servers they start with it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
