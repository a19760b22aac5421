"""Keeps what lives as long as the process out of the garbage collector's way.

The catalogue's index, the models and the modules are hundreds of thousands of objects. Each full pass looks at all of them
and finds nothing, and everything else stands still for a quarter of a second meanwhile, every few seconds under load.
"""

from __future__ import annotations

import gc


def set_aside() -> None:
    """Have the collector pass over all that is there now; call when something large was loaded.

    What was set aside before and is no longer used is freed.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
