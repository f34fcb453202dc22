"""The secrets of a var folder."""

import json
from pathlib import Path

import pytest
from tools.cluster import keys
from tools.steps import Failed

NAMES = {"super", "owner", "app", "django", "field_key", "index_key", "demo"}


def test_they_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    made = keys.load(tmp_path)
    assert set(made) == NAMES
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert keys.load(tmp_path) == made
    assert len(set(made.values())) == len(NAMES)


def test_keys_for_ciphers_are_32_bytes_in_hex(tmp_path: Path) -> None:
    made = keys.load(tmp_path)
    assert [len(bytes.fromhex(made[name])) for name in ("field_key", "index_key", "django")] == [32, 32, 32]


def test_a_key_that_came_later_is_added_and_nothing_else_changes(tmp_path: Path) -> None:
    before = keys.load(tmp_path)
    keys.write(tmp_path, {name: value for name, value in before.items() if name != "index_key"})
    after = keys.load(tmp_path)
    assert after.keys() == before.keys()
    assert {**after, "index_key": before["index_key"]} == before


def test_a_file_open_to_others_is_closed(tmp_path: Path) -> None:
    keys.load(tmp_path)
    (tmp_path / "secrets.json").chmod(0o644)
    keys.load(tmp_path)
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_database_whose_secrets_are_gone_is_not_locked_out_for_good(tmp_path: Path) -> None:
    (tmp_path / "pg/data").mkdir(parents=True)
    (tmp_path / "pg/data/PG_VERSION").touch()
    with pytest.raises(Failed, match="restore or remove both"):
        keys.load(tmp_path)
    assert not (tmp_path / "secrets.json").exists()


def test_given_values_are_kept_as_they_are(tmp_path: Path) -> None:
    keys.write(tmp_path, keys.load(tmp_path) | {"demo": "给定的密码"})
    assert json.loads((tmp_path / "secrets.json").read_text())["demo"] == "给定的密码"
