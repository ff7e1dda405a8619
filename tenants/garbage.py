"""How often the interpreter looks for rubbish. Imported before all else: what imports make stays to the end, and
walking it again and again takes a fifth of the time until a process is ready."""

import gc

_AS_EVER = gc.get_threshold()
gc.set_threshold(50_000, 20, 20)


def settle() -> None:
    """What is loaded now lives as long as the process: it is walked no more, and what comes is looked at as often as
    ever. Without that the collector's pauses are long; with few looks a worker that draws papers takes twice its room.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_AS_EVER)
