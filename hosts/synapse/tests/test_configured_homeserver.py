"""A real Synapse under other configurations: other policies, a module that cannot answer, a start that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import built
from harness.client import Client
from harness.homeserver import Homeserver
from tests.waiting import eventually

MARKED = "DIFFUSION RESTREINTE\nNote : plan du bâtiment"


def test_a_policy_may_forbid_cleartext_in_encrypted_rooms_and_changes_without_a_restart(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('include = ["builtin:packs/france.toml"]\n\n[scope]\ncleartext_in_encrypted = "block"\n')
    with Homeserver(tmp_path / "hs", built.config(policy=str(policy), reload_seconds=0.2)) as server:
        alice = Client(server.url, "alice")
        encrypted = alice.create_room("private_chat", encrypted=True)
        status, body = alice.say(encrypted, "Bonjour en clair")
        assert (status, body["org.tamis.verdict"]) == (403, "block")
        assert body["error"]
        assert alice.say(alice.create_room("private_chat"), MARKED)[0] == 200

        policy.write_text("this is no policy [")
        eventually(lambda: "stays in force" in server.log.read_text())
        assert alice.say(encrypted, "Bonjour en clair")[0] == 403

        policy.write_text('include = ["builtin:packs/france.toml"]\n\n[scope]\ncleartext_in_encrypted = "ignore"\n')
        eventually(lambda: alice.say(encrypted, "Bonjour en clair")[0] == 200)


def test_a_module_that_cannot_answer_defers_and_the_same_message_succeeds_later(tmp_path: Path) -> None:
    folder = tmp_path / "hs"
    with Homeserver(folder, built.config(fuel=1)) as server:
        alice = Client(server.url, "alice")
        public = alice.create_room("public_chat")
        for transaction, text in (("first", "Bonjour"), ("second", MARKED)):
            status, body = alice.say(public, text, transaction)
            assert status == 503
            assert body["errcode"] == "M_UNKNOWN"
            assert body["org.tamis.code"] == "unavailable"
            assert body["error"] == body["org.tamis.messages"]["fr"]
        assert [line["outcome"] for line in server.audit()] == ["deferred", "deferred"]
        assert [line["error"] for line in server.audit()] == ["out-of-fuel", "out-of-fuel"]

    with Homeserver(folder, built.config()) as server:
        alice = Client(server.url, "alice", token=alice.token)
        assert alice.say(public, "Bonjour", "first")[0] == 200
        assert alice.say(public, MARKED, "second")[0] == 403


def test_an_operator_may_have_messages_pass_while_the_module_cannot_answer(tmp_path: Path) -> None:
    with Homeserver(tmp_path, built.config(fuel=1, on_failure="allow")) as server:
        alice = Client(server.url, "alice")
        assert alice.say(alice.create_room("public_chat"), "Bonjour")[0] == 200
        assert [line["outcome"] for line in server.audit()] == ["passed"]


def test_synapse_does_not_start_with_a_wrong_key(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError) as stopped:
        Homeserver(tmp_path, built.config(on_faliure="allow")).start()
    assert "modules.<item 0>.config.on_faliure" in str(stopped.value)
    assert "Did you mean `on_failure`?" in str(stopped.value)


def test_synapse_does_not_start_with_a_policy_that_does_not_load(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("this is no policy [")
    with pytest.raises(RuntimeError) as stopped:
        Homeserver(tmp_path / "hs", built.config(policy=str(policy))).start()
    assert "the policy does not load" in str(stopped.value)
    assert "policy.toml:1:" in str(stopped.value)
