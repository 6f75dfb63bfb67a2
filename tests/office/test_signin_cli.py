"""`evenhand people` and `evenhand serve --demo` as processes: the first account of an empty office, links, refusals in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.office.serving import evenhand

pytestmark = pytest.mark.slow


def test_from_an_empty_office_to_a_closed_account(tmp_path: Path) -> None:
    """The first account, its link, the list, closing and opening again; each refusal says why and leaves exit code 1."""
    first = evenhand(
        tmp_path, "people", "add", "m.moreno", "--role", "system_administrator", "--site", "https://imr.example/"
    )
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("https://imr.example/account/invitation/")
    assert evenhand(tmp_path, "people", "add", "i.okafor", "--role", "intake").returncode == 0
    again = evenhand(tmp_path, "people", "invite", "i.okafor")
    assert again.stdout.startswith("http://127.0.0.1:8000/account/invitation/")
    assert evenhand(tmp_path, "people", "deactivate", "i.okafor").returncode == 0
    refused = evenhand(tmp_path, "people", "invite", "i.okafor")
    assert refused.returncode == 1 and "closed" in refused.stderr and "Traceback" not in refused.stderr
    for command in ("reactivate", "reset-mfa", "unlock"):
        assert evenhand(tmp_path, "people", command, "i.okafor").returncode == 0, command
    listed = json.loads(evenhand(tmp_path, "people", "list", "--json").stdout)
    assert {one["username"]: one["roles"] for one in listed}["i.okafor"] == ["intake"]
    assert "no password yet" in evenhand(tmp_path, "people", "list").stdout
    unknown = evenhand(tmp_path, "people", "unlock", "nobody")
    assert unknown.returncode == 1 and "no account nobody" in unknown.stderr


def test_a_demonstration_is_refused_over_an_office_and_for_other_machines(tmp_path: Path) -> None:
    """Nothing is served, and the office is as it was."""
    assert evenhand(tmp_path, "people", "add", "m.moreno", "--role", "intake").returncode == 0
    over = evenhand(tmp_path, "serve", "--demo", "--port", "8947", "--database", f"{tmp_path}/office.sqlite3")
    assert over.returncode == 1 and "not a demonstration" in over.stderr
    outside = evenhand(tmp_path, "serve", "--demo", "--host", "0.0.0.0", "--port", "8947")
    assert outside.returncode != 0 and "this machine only" in outside.stderr
