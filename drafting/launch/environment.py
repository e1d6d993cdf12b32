"""Where things lie, and the environment the application runs with.

The running stack writes its environment to `DATA_DIR/environment.json`, readable by its owner
alone, so that `manage.py` in another terminal talks to the same database.
"""

import json
import os
import secrets
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
VENV = REPOSITORY / ".venv"
SECRET_BYTES = 48


def data_dir() -> Path:
    """`DRAFTING_DATA_DIR`, by default `.data` in the repository."""
    given = os.environ.get("DRAFTING_DATA_DIR") or str(REPOSITORY / ".data")
    return Path(given).expanduser().resolve()


def venv_python() -> Path:
    """The interpreter of the virtual environment, which may not exist yet."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return VENV / folder / name


def enter_virtualenv() -> None:
    """Runs this program again in the virtual environment, if there is one and we are outside."""
    inside = Path(sys.prefix).resolve() == VENV.resolve() or "VIRTUAL_ENV" in os.environ
    if not inside and venv_python().exists():
        os.execv(venv_python(), [str(venv_python()), *sys.argv])


def environment_file() -> Path:
    """What the running stack was started with."""
    return data_dir() / "environment.json"


def load_environment() -> None:
    """Adds what is missing to `os.environ`: from the running stack, else from the data folder."""
    if os.environ.get("DRAFTING_SECRET_KEY"):
        return
    for name, value in {**read_environment(), **local_environment(data_dir())}.items():
        os.environ.setdefault(name, value)


def read_environment() -> dict[str, str]:
    """The environment of the running stack; empty when none runs."""
    try:
        return {str(k): str(v) for k, v in json.loads(environment_file().read_text()).items()}
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def write_environment(values: dict[str, str]) -> None:
    """Keeps the stack's environment, for its owner's eyes only."""
    write_private(environment_file(), json.dumps(values, indent=1))


def local_environment(folder: Path) -> dict[str, str]:
    """What a trial on this machine needs: a key of its own, no TLS, local names only."""
    return {
        "DJANGO_SETTINGS_MODULE": "drafting.settings",
        "DRAFTING_DATA_DIR": str(folder),
        "DRAFTING_SECRET_KEY": secret_key(folder),
        "DRAFTING_HTTPS": "0",
        "DRAFTING_ALLOWED_HOSTS": "localhost 127.0.0.1 [::1]",
        # One command needs one connection, and says at once when there is none.
        "DRAFTING_DB_POOL_MAX": "0",
    }


def secret_key(folder: Path) -> str:
    """The key kept in the data folder, made on first use: sessions outlive a restart."""
    kept = folder / "secret-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_private(kept, secrets.token_urlsafe(SECRET_BYTES))
    return kept.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
