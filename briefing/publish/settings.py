"""What of a user's settings reaches a command, a kernel or a test: nothing that changes a byte."""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KERNEL = "briefing"
COPIED = "copied"  # how a kernel begins
FOLDER = "BRIEFING_FOLDER"  # where a command and its kernels keep what they need while they run
# Where programs, libraries and temporary files are found, and what is the project's own or xdist's.
KEPT = re.compile(
    "PATH|HOME|USERPROFILE|SYSTEMROOT|TEMP|TMP|TMPDIR|(DY)?LD_LIBRARY_PATH|BRIEFING_.*|PYTEST_XDIST.*"
)
LISTED = Path(sys.prefix, "matplotlib")  # where fonts are listed when all is set up
PLACES = ("IPYTHONDIR", "MPLCONFIGDIR", "XDG_CONFIG_HOME", FOLDER)
PLACES += ("JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
SILENT = ["--IPKernelApp.log_level=ERROR", "--HistoryManager.enabled=False"]


@contextmanager
def set_aside() -> Iterator[None]:
    """Leave all of a user's environment outside but what programs need to be found and to run.

    Matplotlib, IPython and Jupyter find an empty folder for their settings, and in it the kernel
    that notebooks are run by.
    """
    theirs = dict(os.environ)
    kept = {name: value for name, value in theirs.items() if KEPT.fullmatch(name)}
    with tempfile.TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True) as folder:
        spec = Path(folder, "kernels", KERNEL, "kernel.json")
        spec.parent.mkdir(parents=True)
        spec.write_text(json.dumps(_kernel()), encoding="utf-8")
        places = dict.fromkeys(PLACES, folder)
        if os.access(LISTED, os.W_OK):
            places["MPLCONFIGDIR"] = str(LISTED)
        _change(kept | places | {"JUPYTER_RUNTIME_DIR": str(Path(folder, "runtime"))})
        try:
            yield
        finally:
            _change(theirs)


def _change(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _kernel() -> dict[str, object]:
    """This Python with this package, which installs nothing on the way."""
    script = Path(__file__).with_name("kernel.py").resolve()
    # Elsewhere what a library has begun in a process may not live on in a copy.
    is_copied = {"kernel_provisioner": {"provisioner_name": COPIED}}
    return {
        "argv": [sys.executable, "-P", str(script), "-f", "{connection_file}", *SILENT],
        "env": {"PYTHONPATH": str(script.parents[2]), "PYTHONNOUSERSITE": "1", "PIP_NO_INDEX": "1"},
        "display_name": KERNEL,
        "language": "python",
        "metadata": is_copied if sys.platform == "linux" else {},
    }
