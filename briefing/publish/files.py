"""How a file is written: whole or not at all."""

import io
import os
import shutil
import time
import zipfile
from contextlib import suppress
from pathlib import Path

LEFT_OVER = 60  # seconds after which what is still temporary was left by a command that was killed


class WriteError(RuntimeError):
    """A file cannot be written; what stood there before is kept."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Replace a file in one step, so that an interruption leaves the old one; it keeps its mode.

    A link is followed. Raises WriteError where it cannot be written, or is a folder or a device.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise WriteError(f"{path}: is no file, expected one, or none yet")
    if target.exists() and not os.access(target, os.W_OK):
        raise WriteError(f"{path}: cannot be written (it is write-protected)")
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_OVER:
                left.unlink()
    new = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content.encode() if isinstance(content, str) else content)
        if target.exists():
            shutil.copymode(target, new)
        new.replace(target)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise WriteError(f"{path}: cannot be written ({error.strerror})") from None


def undated(archive: bytes) -> bytes:
    """The same ZIP archive without days and times; its properties are stored so as to be found."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            is_sought = name == "docProps/core.xml"
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_STORED if is_sought else zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
