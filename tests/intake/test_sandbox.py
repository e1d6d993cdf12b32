"""The child that reads uploads: what it may do, and what becomes of one that does more.

Each child here is the real one, with one step of it replaced by what an attack would do.
"""

from __future__ import annotations

import json
import os
import select
import sys
from pathlib import Path

import pytest

from drafting.domain.draft import to_json
from drafting.domain.sentences import Filled
from drafting.intake import sandbox
from drafting.intake.docx import read_docx
from drafting.intake.sandbox import (
    DAMAGED,
    TOO_LONG,
    TOO_MUCH,
    draft_in_child,
    read_in_child,
)
from drafting.intake.unreadable import Unreadable
from tests.intake.bad_files import REFUSED
from tests.intake.builders import docx, ins, p, r
from tests.intake.test_snapshot import draft

MIB = 1024 * 1024
GOOD = docx(p(r("that buoys are lit"), ins(r(" at night")), r(";")))
LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Looks at processes and limits as Linux has them."
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.docx"
    path.write_bytes(GOOD)
    return path


def attack(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Lets the child set its limits as always, and then do this instead of reading."""
    program = (
        "import json, os, sys\n"
        "from drafting.intake import child\n"
        "def read(data):\n"
        + "".join(f"    {line}\n" for line in words.splitlines())
        + "child.read = read\n"
        "sys.exit(child.main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))\n"
    )
    monkeypatch.setattr(sandbox, "ISOLATED", ("-s", "-c", program))


def refusal(path: Path, timeout_s: float = 20, memory_bytes: int = 512 * MIB) -> str:
    with pytest.raises(Unreadable) as refused:
        read_in_child(path, timeout_s=timeout_s, memory_bytes=memory_bytes)
    return str(refused.value)


def said(monkeypatch: pytest.MonkeyPatch, path: Path, words: str) -> str:
    """What such a child reports: it raises its report as a refusal."""
    refuse = "from drafting.intake.unreadable import Unreadable\nraise Unreadable(report)"
    attack(monkeypatch, f"{words}\n{refuse}")
    return refusal(path)


def test_a_paper_is_the_same_through_the_child(paper: Path) -> None:
    assert read_in_child(paper) == read_docx(GOOD)


def test_an_exported_draft_is_the_same_through_the_child(tmp_path: Path) -> None:
    told = draft()
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(to_json(told)))
    assert draft_in_child(path) == told
    with pytest.raises(Unreadable, match="brought in whole"):
        read_in_child(path)


def test_a_sentence_keeps_its_words_apart_through_the_child(tmp_path: Path) -> None:
    """So that it can be translated: in a refusal and in a warning."""
    path = tmp_path / "paper.txt"
    path.write_bytes(b"resolves\x07\n1 to keep buoys")
    assert read_in_child(path).warnings[0].words == {"count": "1"}  # type: ignore[attr-defined]
    path.write_bytes(b'{"schema": "drafting/draft-1", ')
    with pytest.raises(Unreadable) as refused:
        draft_in_child(path)
    assert refused.value.sentence == "This exported draft was changed or is damaged " + (
        "(it is not JSON): export it again."
    )
    assert isinstance(refused.value.sentence, Filled)


def test_a_draft_that_swells_is_stopped_in_the_child(tmp_path: Path) -> None:
    """25 MB of JSON take many times as much once they are taken apart."""
    path = tmp_path / "draft.json"
    path.write_bytes(b'{"schema": "drafting/draft-1", "a": [' + b"[{}]," * 4_000_000 + b"{}]}")
    with pytest.raises(Unreadable) as refused:
        draft_in_child(path, memory_bytes=256 * MIB)
    assert refused.value.sentence == TOO_MUCH


def test_a_bad_file_gets_its_own_sentence_through_the_child(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert refusal(path).startswith("This is a PDF")


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gets_the_same_sentence_through_the_child(name: str, tmp_path: Path) -> None:
    data, why = REFUSED[name]
    path = tmp_path / "paper"
    path.write_bytes(data)
    assert why in refusal(path)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.docx") == DAMAGED


def test_the_child_has_no_secret_in_its_environment(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret@host/db")
    names = json.loads(said(monkeypatch, paper, "report = json.dumps(dict(os.environ))"))
    ours = {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "LC_CTYPE"}
    assert set(names) <= ours | set(sandbox.KEPT)
    assert "secret" not in str(names)


@LINUX
def test_the_child_inherits_no_open_file(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inheritable = os.open(paper, os.O_RDONLY)
    os.set_inheritable(inheritable, True)
    words = "report = ' '.join(sorted(os.listdir('/proc/self/fd'))[:4])"
    try:
        assert said(monkeypatch, paper, words) == "0 1 2 3"  # 3 is the listing itself
    finally:
        os.close(inheritable)


@LINUX
def test_the_child_has_a_limit_on_everything_it_could_take(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system holds them: root, as which some tests run, is not held to all of them."""
    words = """import resource
names = ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "NPROC")
report = json.dumps({n: resource.getrlimit(getattr(resource, "RLIMIT_" + n)) for n in names})"""
    soft_and_hard = json.loads(said(monkeypatch, paper, words))
    soft = {name: limits[0] for name, limits in soft_and_hard.items()}
    hard = {name: limits[1] for name, limits in soft_and_hard.items()}
    wanted = {"AS": 512 * MIB, "CPU": 21, "FSIZE": 0, "NOFILE": 64, "CORE": 0, "NPROC": 0}
    assert soft == wanted
    assert hard == wanted | {"CPU": 22}  # a second to say why it died


@LINUX
def test_the_child_writes_no_file(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "written"
    words = f"""try:
    with open({str(place)!r}, "w") as file:
        file.write("x")
    report = "written"
except OSError as error:
    report = error.strerror"""
    assert said(monkeypatch, paper, words) == "File too large"
    assert place.read_bytes() == b""


@LINUX
def test_a_child_that_hangs_is_ended_with_all_it_started(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own child holds a pipe open, which ends with the last who holds it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sleeper = f"import time; pipe = open({str(pipe)!r}, 'w', 1); print('alive', file=pipe); "
    words = f"""import subprocess, time
subprocess.Popen([sys.executable, "-c", {sleeper + "time.sleep(600)"!r}])
time.sleep(600)"""
    attack(monkeypatch, words)
    # The limit on processes would stop it before: here it is lifted.
    program = sandbox.ISOLATED[2].replace("def read", "child.limit = lambda *_: None\ndef read")
    monkeypatch.setattr(sandbox, "ISOLATED", ("-s", "-c", program))
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert refusal(paper, timeout_s=1.5) == TOO_LONG
        os.set_blocking(end, True)
        assert select.select([end], [], [], 20)[0]
        assert os.read(end, 100) == b"alive\n"
        assert select.select([end], [], [], 20)[0]
        assert os.read(end, 100) == b""
    finally:
        os.close(end)


def test_a_child_that_only_computes_is_ended(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attack(monkeypatch, "while True: pass")
    assert refusal(paper, timeout_s=0.5) == TOO_LONG


CRASHES = {
    "a fault": ("raise KeyError('words of the paper')", DAMAGED),
    "a crash": ("os.kill(os.getpid(), 11)", DAMAGED),
    "an exit": ("os._exit(0)", DAMAGED),
    "an odd exit": ("os._exit(77)", DAMAGED),
    "out of its time of processor": ("os.kill(os.getpid(), 24)", TOO_LONG),
    "no memory": ("x = bytearray(1 << 40)", TOO_MUCH),
    "memory bit by bit": ("x = []\nwhile True: x.append(bytes(1 << 20))", TOO_MUCH),
    "killed by the system": ("os.kill(os.getpid(), 9)", TOO_MUCH),
    "endless words": ("while True: sys.stdout.write('x' * 65536)", TOO_MUCH),
    "a very long paper": ("return 'x' * (33 << 20)", TOO_MUCH),
    "no JSON": ("return 'hello'", DAMAGED),
    "JSON without end": ("return '[' * 100000", DAMAGED),
    "JSON of another kind": ("return '[1, 2]'", DAMAGED),
    "a paper without runs": ('return \'{"form": "docx", "paragraphs": [{}]}\'', DAMAGED),
    "recursion": ("return read(data)", DAMAGED),
    "endless complaints": ("for _ in range(1000): sys.stderr.write('x' * 65536)\n1 / 0", DAMAGED),
}


@LINUX
@pytest.mark.parametrize("crash", CRASHES)
def test_a_child_that_fails_gives_one_sentence(
    crash: str, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, sentence = CRASHES[crash]
    attack(monkeypatch, words)
    assert refusal(paper) == sentence


@LINUX
def test_the_parent_keeps_its_memory_whatever_the_child_says(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack(monkeypatch, "while True: sys.stdout.write('x' * 65536)")
    before = resident()
    refusal(paper)
    grown = resident() - before
    print(f"The parent grew by {grown / MIB:.0f} MiB.")
    assert grown < 96 * MIB


def resident() -> int:
    """Resident memory of this process in bytes."""
    words = Path("/proc/self/statm").read_text().split()
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE")


def test_what_the_reader_complains_of_does_not_quote_the_paper(
    paper: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    attack(monkeypatch, "raise KeyError('words of the paper')")
    refusal(paper)
    assert "KeyError in read" in caplog.text
    assert "words of the paper" not in caplog.text
