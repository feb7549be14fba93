"""How kernels begin: each as a copy of a process that has imported what all of them do."""

import atexit
import json
import os
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client import launcher
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from briefing.publish import settings

_sources: dict[tuple[object, ...], Any] = {}  # what is copied, by who asks


def begun(begin: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What begins a kernel, done once more where none begins.

    A kernel's ports are free when they are chosen; another process may get one before it does.
    """
    copied = EntryPoint(settings.COPIED, f"{__name__}:Copied", "")
    KernelProvisionerFactory.provisioners[copied.name] = copied
    try:
        return begin(*arguments, **named)
    except RuntimeError as error:
        if type(error) is not RuntimeError:  # it began, and ended
            raise
        return begin(*arguments, **named)


class Copied(LocalProvisioner):
    """A kernel that is a copy, as Jupyter begins and ends it."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> dict[str, Any]:
        """Ask for a copy. Raises OSError where there is nothing to be copied."""
        begin, arguments = cmd[:3], cmd[3:]
        key = (*begin, os.getpid())  # none is shared with a process that was forked
        source = _sources[key] = _sources.get(key) or _source(begin, options["env"])
        asked = [arguments, os.path.abspath(options.get("cwd") or ""), options["env"]]
        source.stdin.write(json.dumps(asked) + "\n")
        source.stdin.flush()
        if not (pid := source.stdout.readline()):
            raise OSError("the process that kernels are copies of ended")
        self.process = _Copy(int(pid))
        self.pid = self.pgid = self.process.pid  # the first of its own group
        return self.connection_info


class _Copy:
    """A process that is no child of this one, with what Jupyter asks of a process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 1
        return None

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    wait = poll


def _source(command: list[str], environment: dict[str, str]) -> Any:
    """A process to be copied; it ends with this one.

    It begins in an empty folder, as matplotlib reads a file of settings in the one it is in.
    """
    streams = {"stdin": PIPE, "stdout": PIPE, "stderr": DEVNULL, "text": True}
    folder = os.environ[settings.FOLDER]
    source = launcher.launch_kernel(command, **streams, cwd=folder, env=environment)
    atexit.register(source.communicate)
    return source
