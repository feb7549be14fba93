"""Run as a script: a kernel, or what kernels are copied from; neither reads a file of settings.

It imports nothing of this package, as what a kernel imports makes a notebook stale.
"""

import json
import os
import signal
import sys

# What is imported here, no copy has to import.
import babel.dates
import babel.messages.pofile
import babel.units  # noqa: F401
import ipykernel.debugger
import ipykernel.kernelapp
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import matplotlib.pyplot  # noqa: F401
import pandas  # noqa: F401


class Kernel(ipykernel.kernelapp.IPKernelApp):
    """A kernel as a machine's and a user's settings leave it."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Leave a machine's files of settings unread, which no folder of ours is above."""


def copies() -> list[str]:
    """Make a copy of this process for each line that asks for one, and say which it is.

    Returns, in a copy, a kernel's arguments.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a copy that has ended is gone
    for line in sys.stdin:
        arguments, folder, environment = json.loads(line)
        if pid := os.fork():
            print(pid, flush=True)
            continue
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for stream in (0, 1):
            os.dup2(2, stream)  # which leads nowhere
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(folder)
        return [*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"]  # ends with it
    sys.exit()


if __name__ == "__main__":
    Kernel.launch_instance(sys.argv[1:] or copies())
