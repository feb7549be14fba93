"""Several processes at work, none of which outlives the command that began them."""

import os
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from threading import Thread

# What makes processes is imported where they are made: not every command makes any.

FILES = 128  # that a process has open at most: one with a kernel some 90


class WorkerError(RuntimeError):
    """Processes cannot work here."""


@contextmanager
def workers() -> Iterator["futures.ProcessPoolExecutor"]:
    """As many processes as there are processors, none of which is waited for when it is stopped."""
    import multiprocessing

    allow_files()
    with futures.ProcessPoolExecutor(initializer=_follow) as pool:
        try:
            yield pool
        except KeyboardInterrupt:
            for worker in multiprocessing.active_children():
                worker.kill()
            raise


def allow_files() -> None:
    """Let processes open as many files as they need. Raises WorkerError where they may not."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < FILES:
        told = f"a process may open {most} files at once, expected at least {FILES}"
        raise WorkerError(f"{told}: raise the limit that `ulimit -Hn` shows")
    if allowed != resource.RLIM_INFINITY and allowed < FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, most))


def _follow() -> None:
    """End when the command is killed, which would leave its workers waiting for ever.

    Where it is stopped from the keyboard it is the command that ends them, and says so.
    """
    import multiprocessing
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
