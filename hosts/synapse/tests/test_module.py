"""A verdict and Synapse's answer to it: which are refusals, which are exceptions, and what is written down."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any, cast

import pytest
from synapse.module_api import NOT_SPAM, EventBase, ModuleApi
from synapse.module_api.errors import Codes, SynapseError

from synapse_tamis import Tamis
from tests.fakes import Api, Event, Json
from tests.scripted import CLEAN, says, scripted

FINDING = {"rule": "bank.iban", "category": "identifier", "action": "block", "field": "/content/body", "start": 3}
BLOCK = CLEAN | {
    "verdict": "block",
    "reference": "7F3K-29QD",
    "findings": [FINDING, FINDING | {"also": [{"field": "/x"}]}, FINDING | {"rule": "watched", "action": "flag"}],
    "message": {"fr": "refusé", "en": "refused"},
}
WORDS = "words of the message"
EVENT = Event({"body": WORDS})
FEDERATED = Event({"body": WORDS}, sender="@bob:there")
TOPIC = Event({"topic": WORDS}, sender="@bob:there", kind="m.room.topic", state_key="")


class Server:
    def __init__(self, folder: Path, check: str, **config: Any) -> None:
        self.folder = folder
        (folder / "policy.toml").write_text("")
        self.module(check=check)
        self.api = Api()
        paths = {"module": str(folder / "tamis.wasm"), "policy": str(folder), "packs": str(folder)}
        self.tamis = Tamis(Tamis.parse_config(paths | config), cast(ModuleApi, self.api))

    def module(self, **script: Any) -> None:
        (self.folder / "tamis.wasm").write_bytes(scripted(**script))

    def ask(self, event: Event = EVENT) -> Any:
        return asyncio.run(self.tamis.check_event_for_spam(cast(EventBase, event)))

    def reload(self) -> None:
        asyncio.run(self.tamis.reload())


def refused(server: Server, event: Event = EVENT) -> Json:
    answer = server.ask(event)
    assert isinstance(answer, tuple), answer
    code, fields = answer
    assert code is Codes.FORBIDDEN
    assert WORDS not in json.dumps(fields)
    # These two would crash Synapse's own error: they are parameters of its constructor.
    assert not {"msg", "code"} & set(fields)
    return dict(fields)


def deferred(server: Server, event: Event = EVENT) -> SynapseError:
    with pytest.raises(SynapseError) as error:
        server.ask(event)
    assert error.value.code == 503
    return error.value


def audit_line(caplog: pytest.LogCaptureFixture) -> Json:
    [record] = [record for record in caplog.records if record.name == "synapse_tamis.audit"]
    return cast(Json, json.loads(record.getMessage()))


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


@pytest.mark.parametrize("verdict", ["allow", "flag", "warn"])
def test_what_is_not_stopped_passes(tmp_path: Path, verdict: str) -> None:
    assert Server(tmp_path, says(CLEAN | {"verdict": verdict})).ask() == NOT_SPAM


def test_a_refusal_carries_the_documented_fields(tmp_path: Path) -> None:
    assert refused(Server(tmp_path, says(BLOCK))) == {
        "error": "refusé",
        "org.tamis.verdict": "block",
        "org.tamis.rules": ["bank.iban"],
        "org.tamis.reference": "7F3K-29QD",
        "org.tamis.policy": "sha256:scripted",
        "org.tamis.messages": {"fr": "refusé", "en": "refused"},
    }


def test_redaction_cannot_be_done_here_and_is_a_refusal(tmp_path: Path) -> None:
    assert refused(Server(tmp_path, says(BLOCK | {"verdict": "redact"})))["org.tamis.verdict"] == "redact"


def test_the_text_is_in_the_language_of_the_server_else_in_english(tmp_path: Path) -> None:
    assert refused(Server(tmp_path, says(BLOCK), language="en"))["error"] == "refused"
    assert refused(Server(tmp_path, says(BLOCK), language="br"))["error"] == "refused"
    assert refused(Server(tmp_path, says(BLOCK | {"message": {"br": "nac'het"}})))["error"] == "nac'het"
    assert refused(Server(tmp_path, says(BLOCK | {"message": {}})))["error"].startswith("Message refusé")


def test_an_event_that_cannot_be_read_is_refused_in_its_own_words(tmp_path: Path) -> None:
    error = {"code": "malformed-event", "message": "", "permanent": True}
    fields = refused(Server(tmp_path, says(CLEAN | {"verdict": "error", "scope": None, "error": error})))
    assert fields["org.tamis.code"] == "malformed-event"
    assert "mal formé" in fields["error"]


def test_a_federated_message_is_refused_like_any_other(tmp_path: Path) -> None:
    refused(Server(tmp_path, says(BLOCK)), FEDERATED)


def test_federated_state_is_only_noted_unless_told_otherwise(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Server(tmp_path, says(BLOCK)).ask(TOPIC) == NOT_SPAM
    line = audit_line(caplog)
    assert (line["verdict"], line["outcome"], line["origin"], line["state"]) == ("block", "passed", "federated", True)
    refused(Server(tmp_path, says(BLOCK), federated_state="block"), TOPIC)


FAILURES = {
    "trap": "unreachable",
    "out of fuel": "(loop br 0) unreachable",
    "no JSON": says(b"{"),
    "an error reply": says({"error": {"code": "no-policy", "message": "", "permanent": False}}),
    "a permanent error that is no verdict": says({"error": {"code": "x", "message": "", "permanent": True}}),
    "an error verdict that is not permanent": says(CLEAN | {"verdict": "error", "error": {"permanent": False}}),
    "an error verdict without its error": says(CLEAN | {"verdict": "error"}),
    "a verdict that does not exist": says(CLEAN | {"verdict": "maybe"}),
    "findings of another shape": says(BLOCK | {"findings": ["bank.iban"]}),
}


@pytest.mark.parametrize("check", FAILURES.values(), ids=FAILURES.keys())
def test_a_module_that_fails_defers_and_never_refuses(
    tmp_path: Path, check: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(tmp_path, check, fuel=1_000_000)
    error = deferred(server)
    assert error.error_dict(None)["org.tamis.code"] == "unavailable"
    assert audit_line(caplog)["outcome"] == "deferred"
    deferred(server, FEDERATED)
    assert WORDS not in caplog.text
    assert Server(tmp_path, check, fuel=1_000_000, on_failure="allow").ask() == NOT_SPAM


def test_a_failure_around_the_module_defers_too_and_its_text_is_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(tmp_path, says(CLEAN))

    async def broken(*_: Any) -> Any:
        raise KeyError(WORDS)

    server.api.get_room_state = broken  # type: ignore[assignment]
    deferred(server)
    assert "KeyError at" in caplog.text
    assert WORDS not in caplog.text


def test_an_event_that_is_no_json_defers(tmp_path: Path) -> None:
    deferred(Server(tmp_path, says(CLEAN)), Event({"body": object()}))


def test_a_lone_surrogate_reaches_the_module_as_an_escape(tmp_path: Path) -> None:
    assert Server(tmp_path, says(CLEAN)).ask(Event({"body": "\ud800"})) == NOT_SPAM


def test_the_audit_line_has_ids_and_numbers_and_no_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Server(tmp_path, says(BLOCK)).ask()
    line = audit_line(caplog)
    assert line.pop("took_us") >= 0
    assert line == {
        "event_id": "$event",
        "room_id": "!room:here",
        "sender": "@alice:here",
        "origin": "local",
        "state": False,
        "verdict": "block",
        "outcome": "refused",
        "scope": "in",
        "policy": "sha256:scripted",
        "engine": "0",
        "reference": "7F3K-29QD",
        "rules": ["bank.iban", "watched"],
        "spans": 4,
    }
    assert WORDS not in caplog.text


def test_the_audit_can_leave_out_senders_and_what_was_clean(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Server(tmp_path, says(CLEAN), audit="findings").ask()
    Server(tmp_path, says(BLOCK), audit_sender=False).ask()
    assert "sender" not in audit_line(caplog)


def test_a_module_that_is_mended_is_taken_up_and_a_broken_one_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(tmp_path, "unreachable")
    deferred(server)
    server.module(check=says(CLEAN))
    server.reload()
    assert server.ask() == NOT_SPAM
    for broken in (b"", b"\0asm\1\0\0\0", scripted(abi=b"\2\0\0\0"), scripted(load="unreachable")):
        (tmp_path / "tamis.wasm").write_bytes(broken)
        server.reload()
        assert server.ask() == NOT_SPAM
    assert caplog.text.count("The policy sha256:scripted stays in force.") == 4


def test_a_policy_that_does_not_load_leaves_the_one_in_force_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(tmp_path, says(BLOCK))
    diagnostics = {"diagnostics": [{"path": "policy.toml", "line": 3, "column": 1, "code": "syntax", "message": "oh"}]}
    server.module(load=says(diagnostics))
    for _ in range(3):
        server.reload()
    refused(server)
    assert caplog.text.count("policy.toml:3:1: error [syntax] oh") == 1


def test_nothing_is_loaded_while_nothing_changes(tmp_path: Path) -> None:
    server = Server(tmp_path, says(CLEAN))
    before = server.tamis._filter
    server.reload()
    assert server.tamis._filter is before
    (tmp_path / "policy.toml").write_text("# changed")
    server.reload()
    assert server.tamis._filter is not before
    assert server.tamis._filter.compiled is before.compiled


def test_reloading_can_be_switched_off(tmp_path: Path) -> None:
    assert Server(tmp_path, says(CLEAN)).api.loops
    assert not Server(tmp_path, says(CLEAN), reload_seconds=0).api.loops
