"""Every mistake in `homeserver.yaml` is told by its key, with what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from synapse.module_api.errors import ConfigError

from synapse_tamis import Tamis
from synapse_tamis.config import Config, parse
from synapse_tamis.loader import Unloadable, load
from tests.scripted import says, scripted


def check(config: Any, key: str | None, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(config)
    assert list(error.value.path or ()) == ([] if key is None else [key])
    assert said in error.value.msg


def test_nothing_is_a_configuration() -> None:
    config = parse({})
    assert (config.language, config.on_failure, config.federated_state) == ("fr", "raise", "audit")


def test_every_key_is_read(tmp_path: Path) -> None:
    config = parse(
        {
            "policy": str(tmp_path),
            "module": str(tmp_path),
            "packs": str(tmp_path),
            "language": "en",
            "on_failure": "allow",
            "federated_state": "block",
            "audit": "findings",
            "audit_sender": False,
            "reload_seconds": 0,
            "fuel": 5,
            "memory_mib": 64,
        }
    )
    assert config.policy == config.module == config.packs == tmp_path
    assert (config.language, config.on_failure, config.federated_state) == ("en", "allow", "block")
    assert (config.audit, config.audit_sender, config.reload_seconds) == ("findings", False, 0)
    assert (config.limits.fuel, config.limits.memory_mib) == (5, 64)


def test_a_misspelt_key_is_told_the_right_one() -> None:
    check({"polcy": "x"}, "polcy", "Did you mean `policy`?")
    check({"rules": []}, "rules", "The keys are: policy, module")


def test_values_of_a_wrong_kind() -> None:
    check("policy.toml", None, "must be a mapping")
    check({"policy": 3}, "policy", "must be the path of a file")
    check({"policy": ""}, "policy", "must be the path of a file")
    check({"language": ["fr"]}, "language", "must be a language code")
    check({"on_failure": "closed"}, "on_failure", "must be `raise` or `allow`")
    check({"federated_state": True}, "federated_state", "must be `audit` or `block`")
    check({"audit": "none"}, "audit", "must be `all` or `findings`")
    check({"audit_sender": "yes"}, "audit_sender", "must be true or false")
    check({"fuel": 0}, "fuel", "must be a number from 1")
    check({"fuel": True}, "fuel", "must be a number")
    check({"memory_mib": 0.5}, "memory_mib", "must be a number from 1 to 4096")
    check({"reload_seconds": -1}, "reload_seconds", "must be a number from 0")


def test_a_path_that_leads_nowhere() -> None:
    check({"policy": "/nowhere/policy.toml"}, "policy", "there is no /nowhere/policy.toml")


def starts_with(tmp_path: Path, module: bytes, key: str, said: str) -> None:
    (tmp_path / "tamis.wasm").write_bytes(module)
    (tmp_path / "policy.toml").write_text("")
    with pytest.raises(ConfigError) as error:
        Tamis.parse_config({"module": str(tmp_path / "tamis.wasm"), "policy": str(tmp_path), "packs": str(tmp_path)})
    assert list(error.value.path or ()) == [key]
    assert said in error.value.msg


def test_a_module_of_another_abi_stops_the_start(tmp_path: Path) -> None:
    starts_with(tmp_path, scripted(abi=b"\2\0\0\0"), "module", "speaks ABI version 2")


def test_a_truncated_module_stops_the_start(tmp_path: Path) -> None:
    starts_with(tmp_path, scripted()[:60], "module", "cut short")


def test_a_module_that_fails_on_the_policy_stops_the_start(tmp_path: Path) -> None:
    starts_with(tmp_path, scripted(load="unreachable"), "module", "failed while the policy was loaded: trap")


def test_a_policy_that_does_not_load_stops_the_start_with_its_diagnostics(tmp_path: Path) -> None:
    diagnostics = {"diagnostics": [{"path": "policy.toml", "line": 2, "column": 1, "code": "syntax", "message": "oh"}]}
    starts_with(tmp_path, scripted(load=says(diagnostics)), "policy", "policy.toml:2:1: error [syntax] oh")


def test_a_package_without_its_module_says_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(Unloadable) as error:
        load(Config(module=tmp_path / "tamis.wasm", packs=tmp_path))
    assert error.value.key == "module"
    assert "comes with the package synapse-tamis" in error.value.reason


def test_keys_are_files_by_name(tmp_path: Path) -> None:
    key = tmp_path / "staff.key"
    key.write_text("0123456789abcdef")
    assert parse({"keys": {"staff": str(key)}}).keys == {"staff": key}
    check({"keys": str(key)}, "keys", "a mapping of names to paths")
    check({"keys": {"staff": str(tmp_path / "none")}}, "keys.staff", "there is no")
