"""The README tells of everything there is to set and everything it stands on."""

import json
import re

import pytest

from drafting.launch.environment import REPOSITORY
from drafting.launch.venv import TEST

README = (REPOSITORY / "README.md").read_text()
SETTINGS = (REPOSITORY / "drafting" / "settings.py").read_text()


VARIABLES = sorted(set(re.findall(r'"((?:DRAFTING|DATABASE|REDIS)_\w+)"', SETTINGS)))


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_in_the_table(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", TEST)
def test_every_package_chosen_is_in_the_table_with_its_reason(name: str) -> None:
    chosen = (REPOSITORY / name).read_text().split("# They bring along:")[0]
    for package in re.findall(r"^([\w-]+)(?:\[.*\])?==", chosen, re.MULTILINE):
        assert re.search(rf"^\| {package} \| \S", README, re.MULTILINE), package


def test_every_front_end_package_is_in_the_table_with_its_reason() -> None:
    manifest = json.loads((REPOSITORY / "static" / "package.json").read_text())
    for package in manifest["dependencies"] | manifest["devDependencies"]:
        assert re.search(rf"^\| {package} \| \S", README, re.MULTILINE), package


@pytest.mark.parametrize("name", TEST)
def test_every_version_is_pinned(name: str) -> None:
    lines = (REPOSITORY / name).read_text().splitlines()
    loose = [line for line in lines if line and not line.startswith("#") and "==" not in line]
    assert loose == []


def test_every_front_end_version_is_pinned() -> None:
    manifest = json.loads((REPOSITORY / "static" / "package.json").read_text())
    versions = (manifest["dependencies"] | manifest["devDependencies"]).values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
