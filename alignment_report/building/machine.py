"""What this machine has and lacks for building playbooks."""

import ctypes
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from alignment_report.resources import shipped

_LIBRARIES = (
    "babel",
    "click",
    "filelock",
    "fonttools",
    "highspy",
    "jinja2",
    "markdown-it-py",
    "numpy",
    "pikepdf",
    "pillow",
    "pydantic",
    "pyyaml",
    "weasyprint",
)
_SYSTEM_LIBRARIES = {
    "GLib": ("gobject-2.0.so.0", "gobject-2.0.0.dylib", "gobject-2.0-0.dll"),
    "Pango": ("pango-1.0.so.0", "pango-1.0.0.dylib", "pango-1.0-0.dll"),
    "PangoFT2": ("pangoft2-1.0.so.0", "pangoft2-1.0.0.dylib", "pangoft2-1.0-0.dll"),
    "HarfBuzz": ("harfbuzz.so.0", "harfbuzz.0.dylib", "harfbuzz-0.dll"),
    "HarfBuzz subset": ("harfbuzz-subset.so.0", "harfbuzz-subset.0.dylib", "harfbuzz-subset-0.dll"),
    "Fontconfig": ("fontconfig.so.1", "fontconfig.1.dylib", "fontconfig-1.dll"),
}
_BETTER_WITH = {"HarfBuzz subset"}  # without it fonts are cut down more slowly, and the PDF's bytes differ
_BREW_FOLDERS = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
_WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
_CURES = {
    "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango harfbuzz",
    "suse": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
    "arch": "sudo pacman -S pango",
    "alpine": "sudo apk add pango harfbuzz-subset",
    "darwin": "brew install pango",
    "darwin, not found": "export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib (this Python does not look there by itself)",
    "windows": "pacman -S mingw-w64-x86_64-pango (in an MSYS2 shell)",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a build rests on: what was found of it, None where it is missing, and how to get it."""

    name: str
    found: str | None
    cure: str = ""
    needed: bool = True


def parts() -> tuple[Part, ...]:
    """Everything a build rests on, in the order it is needed."""
    _look_where_weasyprint_looks()
    return (
        Part("Python", platform.python_version() if sys.version_info >= (3, 11) else None, "install Python 3.11 or newer"),
        *(Part(name, _version(name), f"pip install {name}") for name in _LIBRARIES),
        *(Part(name, _loaded(files), cure_for(_system()), name not in _BETTER_WITH) for name, files in _SYSTEM_LIBRARIES.items()),
        Part("fonts", _fonts(shipped("templates") / "fonts"), "install the program again: its fonts are missing"),
        Part("git", shutil.which("git"), "install git; until then playbooks say “unversioned”", needed=False),
    )


def cure_for(system: str) -> str:
    """The one command that installs what the PDF needs; for a system not known, the names to look for."""
    return _CURES.get(system, "install Pango, PangoFT2 and the subset library of HarfBuzz with your system's package manager")


def family(release: Mapping[str, str]) -> str:
    """The family of a Linux distribution, by its os-release file."""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    known = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse"}
    return next((known.get(name, name) for name in names if known.get(name, name) in _CURES), "")


def _system() -> str:
    name = platform.system().lower()
    if name == "darwin" and any((folder / "libpango-1.0.dylib").exists() for folder in _BREW_FOLDERS):
        return "darwin, not found"
    if name != "linux":
        return name
    try:
        return family(platform.freedesktop_os_release())
    except OSError:
        return ""


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _look_where_weasyprint_looks() -> None:
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS_FOLDERS).split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


def _loaded(files: tuple[str, ...]) -> str | None:
    """The first of a library's names that this system can load."""
    for name in (f"lib{file}" for file in files):
        with suppress(OSError):
            ctypes.CDLL(name)
            return name
    return None


def _fonts(folder: Path) -> str | None:
    faces = sorted(path.stem for path in folder.rglob("*.ttf"))
    return ", ".join(faces) or None
