"""CPU seconds of processes and all that come from them, those that have ended among them."""

import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

_LOOK, _QUIET = 0.5, 0.1  # seconds, and the share of a core below which nothing is read ahead any more
_OURS = "famai-bench-"  # in the folder's name of each installation of the bench


def tree_seconds(pid: int) -> float:
    """Of a process and its descendants; what has ended counts once its parent has looked after it."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        total = sum(process.cpu_times()[:4])  # user, system, and both of children that have ended
        total += sum(tree_seconds(child.pid) for child in process.children())
    return total


def database_pid(admin_url: str) -> int:
    """The server behind this URL, on this machine."""
    with psycopg.connect(admin_url) as line:
        row = line.execute("SHOW data_directory").fetchone()
    return int(Path(str(row and row[0]), "postmaster.pid").read_text().split()[0])


def own_seconds() -> float:
    """Of this process, all it has started, and the databases of the bench, which stand apart."""
    apart = [one.pid for one in psutil.process_iter(["ppid", "cmdline"]) if _is_database(one)]
    return tree_seconds(psutil.Process().pid) + sum(map(tree_seconds, apart))


def _is_database(process: psutil.Process) -> bool:
    return process.info["ppid"] == 1 and any(_OURS in part for part in process.info["cmdline"] or ())


def machine_seconds() -> float:
    """That all cores have worked since the machine began, whoever for."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def settle(pid: int) -> None:
    """Wait until a process and its children are quiet: what they read ahead once they answer is no request's."""
    before, quiet = tree_seconds(pid), False
    while not quiet:
        time.sleep(_LOOK)
        spent = tree_seconds(pid)
        before, quiet = spent, spent - before < _QUIET * _LOOK
