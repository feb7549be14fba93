"""How kernels begin, what they know of one another, and when they end."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import nbval.kernel
import pytest
from jupyter_client.provisioning.local_provisioner import LocalPortCache
from nbclient.exceptions import DeadKernelError
from test_faults import outliving

from briefing.publish import editions, kernels, settings

LEFT = """\
import os, pandas
pandas.left, os.environ["LEFT"] = "here", "here"
os.chdir("/")"""
FOUND = """\
import os, pandas, sys
found = [hasattr(pandas, "left"), "LEFT" in os.environ, os.getcwd() == "/"]
print(*found, any(name.startswith("briefing") for name in sys.modules))"""
BEGINS = """
import time
from briefing.publish import kernels, settings
with settings.set_aside():
    from nbval.kernel import start_new_kernel
    manager, client = kernels.begun(start_new_kernel, kernel_name=settings.KERNEL)
    print(manager.provisioner.pid, flush=True)
    time.sleep(60)
"""


@contextmanager
def running(**options: Any) -> Iterator[Callable[[str], str]]:
    """A kernel that tells what code prints."""
    manager, client = nbval.kernel.start_new_kernel(kernel_name=settings.KERNEL, **options)

    def told(code: str) -> str:
        said = []

        def hear(message: dict) -> None:
            said.append(message["content"].get("text", ""))

        client.execute_interactive(code, output_hook=hear)
        return "".join(said)

    try:
        yield told
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_kernel_finds_nothing_that_another_left() -> None:
    for code in (LEFT, FOUND):
        with running() as told:
            said = told(code)
    assert said == "False False False False\n"


def test_a_kernel_begins_where_processes_are_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with settings.set_aside(), running() as told:
        assert told("import os; print(os.getppid())") == f"{os.getpid()}\n"


def test_a_kernel_and_what_it_is_copied_from_end_with_the_process_that_began_it() -> None:
    with subprocess.Popen([sys.executable, "-c", BEGINS], stdout=subprocess.PIPE) as command:
        kernel = int(command.stdout.readline())
        source = int(Path(f"/proc/{kernel}/stat").read_text().rpartition(")")[2].split()[1])
        command.kill()
    assert not outliving({kernel, source})  # each is the first of a group


def test_where_nothing_is_left_to_copy_that_is_told() -> None:
    kernel = kernels.Copied()
    with pytest.raises(OSError, match=r"kernels are copies of ended|Broken pipe"):
        asyncio.run(kernel.launch_kernel(["true", "-P", "none"], env={}))


def run_by_nbclient(path: Path) -> None:
    editions.execute(path, ["en"])


def run_by_nbval(path: Path) -> None:
    with running(cwd=path.parent, stderr=subprocess.DEVNULL):
        pass


@pytest.mark.parametrize("run", [run_by_nbclient, run_by_nbval])
def test_a_kernel_whose_port_another_process_has_got_is_begun_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[Path], None]
) -> None:
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "n.ipynb")
    chosen, choose = [], LocalPortCache.find_available_port
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def port(cache: LocalPortCache, ip: str) -> int:
            chosen.append(choose(cache, ip) if chosen else taken.getsockname()[1])
            return chosen[-1]

        monkeypatch.setattr(LocalPortCache, "find_available_port", port)
        run(tmp_path / "n.ipynb")
    assert len(chosen) == 2 * 5  # a kernel has five


def test_a_kernel_that_ended_is_not_begun_again() -> None:
    begun = []

    def begin() -> None:
        begun.append(1)
        raise DeadKernelError("it ended")

    with pytest.raises(DeadKernelError):
        kernels.begun(begin)
    assert len(begun) == 1
