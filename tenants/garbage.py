"""How seldom the interpreter looks for rubbish. Imported before all else: what imports make stays to the end, and
walking it again and again takes a fifth of the time until a process is ready."""

import gc

gc.set_threshold(50_000, 20, 20)
