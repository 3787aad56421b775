"""Files of a folder into YAML documents; whatever stands in the way becomes a flaw."""

import os
import stat
from pathlib import Path

from alignment_report.errors import Flaw
from alignment_report.reading.yaml_tree import LARGEST_FILE, Document, parse


def document(path: Path) -> Document:
    """The file's tree, or one flaw where it is missing, a link, no ordinary file or not readable."""
    trouble = ""
    try:
        if path.is_symlink():
            trouble = "this is a link; a copy of the file itself must stand here"
        else:
            return parse(_content(path), str(path))
    except FileNotFoundError:
        trouble = "there is no such file"
    except IsADirectoryError:
        trouble = "this is a folder, not a file"
    except PermissionError:
        trouble = "the file may not be read: permission is missing"
    except (OSError, ValueError):
        trouble = "the file cannot be read"
    return Document(str(path), None, (Flaw(str(path), 1, 1, trouble),))


def _content(path: Path) -> bytes:
    """At most one byte more than a file may have, never waiting on a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(path)
        if not stat.S_ISREG(mode):
            raise OSError(path)
        return file.read(LARGEST_FILE + 1)
