"""Ends the process outright when it does not end by itself: being killed costs nothing that is kept."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)

STOP_SECONDS = 80.0
"""For finishing what is in hand; the longest turn and the longest call fit, and systemd waits 90 s before it kills."""
EXIT_CODE = 70
"""Of a process that had to be ended so."""


def end_within(seconds: float = STOP_SECONDS, end: Callable[[int], object] = os._exit) -> None:
    """End the process in so many seconds, unless it has ended before; needs no event loop, which may be what hangs.

    Args:
        seconds: from now.
        end: leaves at once, without waiting for threads or tasks.
    """

    def leave() -> None:
        logger.error("ALARM: stopping took over %.0f s; what was not finished is taken up at the next start.", seconds)
        end(EXIT_CODE)

    timer = threading.Timer(seconds, leave)
    # A process that ends by itself is not held up by it.
    timer.daemon = True
    timer.start()
