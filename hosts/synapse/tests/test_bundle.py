"""A policy's files: taken in turns, confined to their folder, and never half loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synapse_tamis.bundle import BUILTIN, PolicyRejected, Source, load, signature
from synapse_tamis.engine import CompiledModule, Engine, Limits, ModuleFailure
from tests.scripted import LOADED, says, scripted


class Recorder(Engine):
    """Answers from a list, and keeps what it was sent."""

    def __init__(self, *replies: dict[str, Any]) -> None:
        super().__init__(CompiledModule(scripted()), Limits())
        self.replies = list(replies)
        self.requests: list[bytes] = []

    def load(self, bundle: bytes) -> dict[str, Any]:
        self.requests.append(bundle)
        return self.replies.pop(0)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "france.toml").write_text("pack")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "policy.toml").write_text("root")
    (tmp_path / "own" / "terms.txt").write_text("terms")
    (tmp_path / "secret.txt").write_text("not a policy")
    (tmp_path / "own" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return Source.at(tmp_path / "own", tmp_path / "packs")


def test_files_are_sent_as_the_module_asks_for_them(source: Source) -> None:
    engine = Recorder({"needs": ["builtin:france.toml", "terms.txt"]}, LOADED)
    loaded = load(engine, source)
    assert loaded.policy == "sha256:scripted"
    assert engine.requests[0].endswith(b"\4\0\0\0root")
    for part in (b"root", b"builtin:france.toml", b"pack", b"terms.txt", b"terms"):
        assert part in engine.requests[1]
    assert sorted(path.name for path in loaded.files) == ["france.toml", "policy.toml", "terms.txt"]


def test_a_file_alone_is_a_policy_too(tmp_path: Path) -> None:
    policy = tmp_path / "ours.toml"
    policy.write_text("root")
    engine = Recorder(LOADED)
    load(engine, Source.at(policy, tmp_path))
    assert b"ours.toml" in engine.requests[0]


def test_without_a_policy_the_root_is_built_in(tmp_path: Path) -> None:
    (tmp_path / "default.toml").write_text("root")
    engine = Recorder(LOADED)
    load(engine, Source.at(None, tmp_path))
    assert b"builtin:default.toml" in engine.requests[0]


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "a/../../secret.txt",
        "/etc/passwd",
        "link.txt",
        "./policy.toml",
        "",
        "a//b",
        "..\\secret.txt",
        "nul\0",
        BUILTIN + "../secret.txt",
        BUILTIN + "/etc/passwd",
        BUILTIN,
    ],
)
def test_no_path_leads_out_of_the_folder(source: Source, path: str) -> None:
    engine = Recorder({"needs": [path]}, {"diagnostics": [{"path": "policy.toml", "line": 1, "message": "missing"}]})
    with pytest.raises(PolicyRejected) as rejection:
        load(engine, source)
    assert engine.requests[1].endswith(b"\xff\xff\xff\xff")
    assert b"not a policy" not in engine.requests[1]
    assert "leads out of the policy's folder" in str(rejection.value)


def test_diagnostics_are_told_with_their_place_and_remedy(source: Source) -> None:
    diagnostic = {
        "severity": "error",
        "code": "unknown-key",
        "path": "policy.toml",
        "line": 7,
        "column": 3,
        "message": "no such key",
        "help": "write `rooms`",
    }
    with pytest.raises(PolicyRejected) as rejection:
        load(Recorder({"diagnostics": [diagnostic]}), source)
    assert str(rejection.value) == "policy.toml:7:3: error [unknown-key] no such key (write `rooms`)"


def test_a_missing_file_is_absent_and_watched(source: Source) -> None:
    engine = Recorder({"needs": ["later.txt"]}, LOADED)
    loaded = load(engine, source)
    assert engine.requests[1].endswith(b"later.txt\xff\xff\xff\xff")
    assert [state for path, state in loaded.files.items() if path.name == "later.txt"] == [None]


def test_a_module_that_asks_for_ever_is_stopped(source: Source) -> None:
    with pytest.raises(ModuleFailure, match="asks again"):
        load(Recorder({"needs": ["terms.txt"]}, {"needs": ["terms.txt"]}), source)
    with pytest.raises(PolicyRejected, match="include"):
        load(Recorder(*({"needs": [f"{n}.toml"]} for n in range(100))), source)


@pytest.mark.parametrize("reply", [{}, {"needs": "terms.txt"}, {"needs": [1]}, {"ok": {}}, {"error": {"code": "x"}}])
def test_a_reply_of_another_shape_is_the_modules_failure(source: Source, reply: dict[str, Any]) -> None:
    with pytest.raises(ModuleFailure):
        load(Recorder(reply), source)


def test_a_real_engine_keeps_what_it_took(source: Source) -> None:
    engine = Engine(CompiledModule(scripted(check=says({"verdict": "allow"}))), Limits())
    load(engine, source)
    assert engine.check(event_id=None, facts=None, event=b"{}") == {"verdict": "allow"}


def test_a_changed_file_has_another_signature(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    assert signature(file) is None
    file.write_text("one")
    before = signature(file)
    file.write_text("three")
    assert signature(file) != before


def test_a_key_is_read_from_where_it_is_configured_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("root")
    (tmp_path / "key:other").write_text("not the key")
    (tmp_path / "staff.key").write_text("the key")
    engine = Recorder({"needs": ["key:staff", "key:other"]}, LOADED)
    loaded = load(engine, Source.at(tmp_path, tmp_path, {"staff": tmp_path / "staff.key"}))
    assert b"the key" in engine.requests[1]
    assert b"not the key" not in engine.requests[1]
    assert sorted(path.name for path in loaded.files) == ["policy.toml", "staff.key"]
