"""A user's settings: editions and tests are the same bytes under all of them at once."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import get_data_path

from briefing.notebook import house
from briefing.publish import freshness, settings, workers
from briefing.sources import tables

PARTS = ("briefing", "data", "notebooks", "locale", "requirements.txt", "conftest.py")
PARTS += ("pyproject.toml",)
NOTEBOOK = "04-funding"
RC = "axes.grid: True\ntext.usetex: True\nfont.size: 30\nfigure.facecolor: red\nno.such: 1\n"
STYLE = 'import matplotlib.pyplot as plt, pandas as pd\nplt.style.use("ggplot")\n'
STYLE += "pd.options.display.max_rows = 1\n"
PROFILE = """
c = get_config()
style = "import matplotlib as mpl; mpl.rcParams |= {'axes.grid': True, 'figure.facecolor': 'red'}"
c.InteractiveShellApp.exec_lines = [style, "1/0"]
c.InteractiveShellApp.extensions = ["autoreload", "none_such"]
c.InteractiveShellApp.matplotlib = "agg"
c.InteractiveShell.ast_node_interactivity = "all"
c.InlineBackend.rc = {"figure.dpi": 300, "font.size": 5}
c.InlineBackend.figure_formats = {"svg", "pdf"}
c.IPKernelApp.pylab = "inline"
"""
# Python and pytest heed these before a line of the project is read; make leaves them out.
AT_ONCE = {"PYTHONOPTIMIZE", "PYTHONWARNINGS"}
MACHINE = """
from IPython.core import application
application.SYSTEM_CONFIG_DIRS.append({folder!r})
"""
BROKEN = 'raise ImportError("another\'s")\n'
PLUGIN = """
import warnings

warnings.warn("an old hook", DeprecationWarning)

def pytest_configure(config):
    import matplotlib
    matplotlib.rc("axes", grid=True)
    warnings.warn("an old option", DeprecationWarning)

def pytest_collection_modifyitems(items):
    warnings.warn("an old item", DeprecationWarning)

def pytest_runtest_setup(item):
    warnings.warn("an old test", DeprecationWarning)
"""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which everything is set otherwise."""
    home = tmp_path_factory.mktemp("home")

    def write(name: str, content: str) -> str:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return str(path.parent)

    kernel = json.dumps({"argv": ["false"], "display_name": "mine", "language": "python"})
    ipython = home / ".ipython" / "profile_default"
    write(".ipython/profile_default/ipython_config.py", PROFILE)
    write(".ipython/profile_default/ipython_kernel_config.py", PROFILE)
    write(".ipython/profile_default/startup/10-style.py", STYLE)
    write(".config/matplotlib/matplotlibrc", RC)
    write(".config/pip/pip.conf", "[global]\nindex-url = http://127.0.0.1:9\n")
    for name in ("python3", settings.KERNEL):
        write(f".local/share/jupyter/kernels/{name}/kernel.json", kernel)
    write("path/briefing/__init__.py", BROKEN)
    write("path/loudplugin.py", PLUGIN)
    write("path/named.py", PLUGIN)
    write("path/loudplugin-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: loudplugin\n")
    write("path/loudplugin-1.0.dist-info/entry_points.txt", "[pytest11]\nloud = loudplugin\n")
    _font(home / ".fonts" / "NotoSansSC.ttf")
    jupyter = str(home / ".local" / "share" / "jupyter")
    (home / "shut").mkdir(mode=0o555)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "IPYTHONDIR": str(ipython.parent),
        "MATPLOTLIBRC": write("rc/matplotlibrc", RC),
        "MPLCONFIGDIR": write("mpl/stylelib/default.mplstyle", RC),
        "MPLBACKEND": "module://backend_interagg",
        "XDG_CONFIG_HOME": str(home / ".config"),
        "JUPYTER_PATH": jupyter,
        "JUPYTER_DATA_DIR": jupyter,
        "JUPYTER_CONFIG_DIR": str(home / "shut"),
        "JUPYTER_RUNTIME_DIR": str(home / "shut" / "no"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_PREFER_ENV_PATH": "0",
        "PYTHONPATH": str(home / "path"),
        "PYTHONSTARTUP": str(ipython / "startup" / "10-style.py"),
        "PYTHONHASHSEED": "7",
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error",
        "PYTHONIOENCODING": "latin-1",
        "PYTHONBREAKPOINT": "no.such",
        "PYTEST_ADDOPTS": "--nbval-kernel-name=python3",
        "PYTEST_PLUGINS": "named",
        "SOURCE_DATE_EPOCH": "1",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "LANGUAGE": "de",
        "COLUMNS": "20",
        "LINES": "3",
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "http_proxy": "http://127.0.0.1:9",
        "all_proxy": "socks5://127.0.0.1:9",
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, theirs: dict[str, str]) -> Path:
    """A copy of the project; its funding is stale, and files of settings stand in its folders.

    The machine, too, has settings of IPython, as far as a kernel can tell.
    """
    folder = tmp_path_factory.mktemp("project")
    for part in PARTS:
        here = tables.ROOT / part
        (shutil.copytree if here.is_dir() else shutil.copy)(here, folder / part)
    machine = MACHINE.format(folder=f"{theirs['IPYTHONDIR']}/profile_default")
    (folder / "sitecustomize.py").write_text(machine, encoding="utf-8")
    books = folder / "notebooks"
    for place in (folder, books):
        (place / "matplotlibrc").write_text(RC, encoding="utf-8")
    for name in (f"{NOTEBOOK}-Copy1.ipynb", f"{NOTEBOOK} (1).ipynb", "Untitled.ipynb"):
        (books / name).write_text("{", encoding="utf-8")
    funding = books / f"{NOTEBOOK}.ipynb"
    stale = json.loads(funding.read_text(encoding="utf-8"))
    stale["metadata"]["briefing"]["inputs"][freshness.CELLS] = "others"
    funding.write_text(json.dumps(stale), encoding="utf-8")
    return folder


def _font(path: Path) -> None:
    """Another font by the name of the house's."""
    font = TTFont(Path(get_data_path(), "fonts", "ttf", "DejaVuSansMono.ttf"), recalcBBoxes=False)
    font["name"].setName(house.FAMILY[0], 1, 3, 1, 0x409)
    font["name"].setName(house.FAMILY[0], 1, 1, 0, 0)
    path.parent.mkdir()
    font.save(path)


def run(project: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=project, env=environment, umask=0o077, capture_output=True, text=True
    )


def test_an_edition_is_the_same_bytes_under_all_settings(
    site: Path, project: Path, theirs: dict[str, str]
) -> None:
    """The notebook is run, as its stored outputs are stale."""
    done = run(project, theirs, "briefing", "briefings", NOTEBOOK, "--edition", "en")
    assert done.returncode == 0, done.stderr
    for form in (".html", ".pdf"):
        here, there = (root / "en" / NOTEBOOK for root in (site, project / "site"))
        assert there.with_suffix(form).read_bytes() == here.with_suffix(form).read_bytes(), form


def test_notebooks_are_tested_under_all_settings(project: Path, theirs: dict[str, str]) -> None:
    """Somebody's plugins warn at every step, there is no home, and copies lie about.

    A warning of a test of ours is an error all the same.
    """
    test = 'import warnings\n\ndef test_own():\n    warnings.warn("ours", DeprecationWarning)\n'
    (project / "test_own.py").write_text(test, encoding="utf-8")
    kept = {name: it for name, it in theirs.items() if name not in AT_ONCE}
    lost = {"HOME": os.devnull, "MPLCONFIGDIR": os.devnull, "BRIEFING_LANGUAGE": "zh"}
    lost["PYTHONDONTWRITEBYTECODE"] = "1"
    chosen = ["notebooks", "test_own.py", "-k", f"{NOTEBOOK} or own"]
    done = run(project, kept | lost, "pytest", "--nbval", *chosen)
    assert re.search(r"^1 failed, [0-9]{2} passed", done.stdout, re.MULTILINE), done.stdout
    assert "DeprecationWarning: ours" in done.stdout and "an old test" in done.stdout


def test_the_list_of_fonts_is_made_when_all_is_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for listed in (tmp_path, tmp_path / "none"):
        monkeypatch.setattr(settings, "LISTED", listed)
        with settings.set_aside():
            assert (os.environ["MPLCONFIGDIR"] == str(listed)) == listed.exists()
    assert f"MPLCONFIGDIR=$(VENV)/{Path(sys.prefix, 'matplotlib').name}" in (
        tables.ROOT / "Makefile"
    ).read_text(encoding="utf-8")


def test_words_that_a_terminal_has_no_signs_for_are_still_said(theirs: dict[str, str]) -> None:
    done = run(tables.ROOT, theirs, "briefing", "show", "core-increase-2011")
    assert done.returncode == 0, done.stderr
    assert r"printed 7800\u4e07" in done.stdout


def test_make_hands_on_no_settings_of_python_and_pytest(theirs: dict[str, str]) -> None:
    command = ["make", "--eval", "probe: ; @env", "probe"]
    done = subprocess.run(command, cwd=tables.ROOT, env=theirs, capture_output=True, text=True)
    names = {line.partition("=")[0] for line in done.stdout.splitlines()}
    assert "HOME" in names and not {it for it in names if it.startswith(("PYTHON", "PYTEST"))}


def test_the_environment_is_as_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "module://mine")
    monkeypatch.setenv("PATH", "/mine")
    before = dict(os.environ)
    with settings.set_aside():
        assert "MPLBACKEND" not in os.environ and os.environ["PATH"] == "/mine"
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("limits", "raised"), [((64, 4096), (128, 4096)), ((64, -1), (128, -1)), ((1024, 4096), None)]
)
def test_a_process_may_open_as_many_files_as_it_needs(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int], raised: tuple[int, int] | None
) -> None:
    found = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda _, wanted: found.append(wanted))
    workers.allow_files()
    assert found == [raised] * bool(raised)


def test_too_low_a_limit_of_files_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (32, 64))
    with pytest.raises(workers.WorkerError, match=r"^a process may open 64 files at once"):
        workers.allow_files()
