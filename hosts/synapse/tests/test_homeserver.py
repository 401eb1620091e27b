"""A real Synapse: what a marked message meets over HTTP, and that its text is nowhere in the database."""

from __future__ import annotations

import secrets

import pytest
import requests

from harness import database
from harness.client import Client, Json
from harness.homeserver import Homeserver

MARKING = "DIFFUSION RESTREINTE"


def marked() -> str:
    """A marked text that no other test sends."""
    return f"{MARKING}\nNote {secrets.token_hex(8)} : plan du bâtiment"


def clean() -> str:
    return f"Bonjour {secrets.token_hex(8)}, réunion à 14 h"


@pytest.fixture(scope="module")
def public(alice: Client) -> str:
    return alice.create_room("public_chat")


@pytest.fixture(scope="module")
def private(alice: Client) -> str:
    return alice.create_room("private_chat")


@pytest.fixture(scope="module")
def encrypted(alice: Client) -> str:
    return alice.create_room("private_chat", encrypted=True)


def check_refused(reply: tuple[int, Json]) -> None:
    status, body = reply
    assert status == 403, body
    assert body["errcode"] == "M_FORBIDDEN"
    assert body["error"] == body["org.tamis.messages"]["fr"]
    assert body["org.tamis.messages"]["en"]
    assert body["org.tamis.verdict"] == "block"
    assert "fr.diffusion-restreinte" in body["org.tamis.rules"]
    assert body["org.tamis.policy"].startswith("sha256:")
    assert body["org.tamis.reference"]
    assert MARKING not in str(body)


def check_sent(reply: tuple[int, Json]) -> None:
    status, body = reply
    assert status == 200, body
    assert body["event_id"]


def check_stored(server: Homeserver, text: str, expected: bool) -> None:
    # The first line would be on other pages too.
    needle = text.rpartition("\n")[2]
    places = database.search(server.database, [needle])[needle]
    assert bool(places) == expected, places


def test_a_marked_message_in_a_public_room_is_refused_and_stored_nowhere(
    server: Homeserver, alice: Client, public: str
) -> None:
    text = marked()
    check_refused(alice.say(public, text))
    check_stored(server, text, expected=False)


def test_the_search_finds_what_was_stored(server: Homeserver, alice: Client, public: str) -> None:
    text = clean()
    check_sent(alice.say(public, text))
    places = database.search(server.database, [text])[text]
    assert "event_json.json" in places
    # The full-text index is a second place where a text stands.
    assert any(place.startswith("event_search") for place in places)
    assert len(database.tables(server.database)) > 100


def test_the_same_message_in_a_private_room_is_sent(server: Homeserver, alice: Client, private: str) -> None:
    text = marked()
    check_sent(alice.say(private, text))
    check_stored(server, text, expected=True)


def test_the_same_message_in_clear_in_an_encrypted_private_room_is_sent(alice: Client, encrypted: str) -> None:
    check_sent(alice.say(encrypted, marked()))


def test_an_edit_whose_new_content_is_marked_is_refused(server: Homeserver, alice: Client, public: str) -> None:
    status, body = alice.say(public, clean())
    assert status == 200
    text = marked()
    edit = {
        "msgtype": "m.text",
        "body": "* modifié",
        "m.new_content": {"msgtype": "m.text", "body": text},
        "m.relates_to": {"rel_type": "m.replace", "event_id": body["event_id"]},
    }
    check_refused(alice.send(public, edit))
    check_stored(server, text, expected=False)


def test_a_private_room_that_becomes_public_is_checked_from_then_on(alice: Client) -> None:
    room = alice.create_room("private_chat")
    check_sent(alice.say(room, marked()))
    check_sent(alice.state(room, "m.room.join_rules", {"join_rule": "public"}))
    check_refused(alice.say(room, marked()))


def test_a_room_joined_through_a_public_space_is_checked(alice: Client) -> None:
    space = alice.create_room("public_chat", creation_content={"type": "m.space"})
    room = alice.create_room("private_chat")
    check_sent(alice.say(room, marked()))
    allow = [{"type": "m.room_membership", "room_id": space}]
    check_sent(alice.state(room, "m.room.join_rules", {"join_rule": "restricted", "allow": allow}))
    check_refused(alice.say(room, marked()))


def test_a_marked_topic_is_refused(server: Homeserver, alice: Client, public: str) -> None:
    text = marked()
    check_refused(alice.state(public, "m.room.topic", {"topic": text}))
    check_stored(server, text, expected=False)


def test_each_decision_has_an_audit_line_with_the_reference_that_the_sender_saw(
    server: Homeserver, alice: Client, public: str
) -> None:
    _, body = alice.say(public, marked())
    [line] = [line for line in server.audit() if line.get("reference") == body["org.tamis.reference"]]
    assert line["outcome"] == "refused"
    assert line["room_id"] == public
    assert line["policy"] == body["org.tamis.policy"]
    assert line["took_us"] < 1_000_000
    assert MARKING not in server.audit_log.read_text()


def test_the_log_has_no_text_of_a_message(server: Homeserver, alice: Client, public: str) -> None:
    text = marked()
    alice.say(public, text)
    assert text.rpartition("\n")[2] not in server.log.read_text()
    assert text.rpartition("\n")[2] not in server.audit_log.read_text()


def test_synapse_serves_the_metrics(server: Homeserver, alice: Client, public: str) -> None:
    alice.say(public, marked())
    text = requests.get(f"{server.url}/_synapse/metrics", timeout=30).text
    labels = 'origin="local",outcome="refused",server_name="tamis.test",verdict="block"'
    assert f"tamis_events_total{{{labels}}}" in text
    assert 'tamis_findings_total{action="block",rule="fr.diffusion-restreinte"' in text
    assert "tamis_check_seconds_bucket" in text
    assert "tamis_policy_info{" in text
