"""Several processes at work, none of which outlives the command that began them."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from threading import Thread


def workers() -> ProcessPoolExecutor:
    """As many processes as there are processors, within a `with` statement."""
    return ProcessPoolExecutor(initializer=_follow)


def _follow() -> None:
    """End when the command is killed, which would leave its workers waiting for ever."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()
