"""Room facts follow the room's state at once, and the state of the rooms it is joined through soon after."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

import pytest
from synapse.module_api import ModuleApi

from synapse_tamis.engine import Engine, ModuleFailure
from synapse_tamis.rooms import Rooms
from tests.fakes import Api, Json

OPEN = ({"join_rule": "public"}, "$open")
CLOSED = ({"join_rule": "invite"}, "$closed")


class Classifier:
    """In place of an engine: notes the descriptions, and follows `allow` as the module does."""

    def __init__(self) -> None:
        self.described: list[Json] = []
        self.reply: Json | None = None

    def classify(self, description: bytes) -> Json:
        described = json.loads(description)
        self.described.append(described)
        if self.reply is not None:
            return self.reply
        needs = [
            allowed
            for events in [described["state"], *filter(None, described["rooms"].values())]
            for event in events
            for allowed in event["content"].get("allow", [])
            if allowed not in described["rooms"]
        ]
        return {"needs": needs} if needs else {"facts": f"facts {len(self.described)}"}


class World:
    def __init__(self) -> None:
        self.api = Api()
        self.engine = Classifier()
        self.now = 0.0
        self.rooms = Rooms(cast(ModuleApi, self.api), cast(Engine, self.engine), clock=lambda: self.now)

    def facts(self, room: str = "!room") -> str | None:
        return asyncio.run(self.rooms.facts(room))


@pytest.fixture
def world() -> World:
    return World()


def test_state_is_shown_to_the_module_as_it_is(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.join_rules": OPEN}
    world.api.public_room_list_manager.listed.add("!room")
    assert world.facts() == "facts 1"
    event: dict[str, Any] = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "public"}}
    assert world.engine.described == [{"state": [event], "listed": True, "rooms": {}}]


def test_the_module_is_asked_once_for_one_state(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.join_rules": OPEN}
    assert [world.facts(), world.facts()] == ["facts 1", "facts 1"]


def test_a_change_of_state_counts_at_once(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.join_rules": CLOSED}
    world.facts()
    world.api.rooms["!room"] = {"m.room.join_rules": OPEN}
    assert world.facts() == "facts 2"
    world.api.rooms["!room"]["m.room.encryption"] = ({"algorithm": "m.megolm.v1.aes-sha2"}, "$encrypted")
    assert world.facts() == "facts 3"


def test_a_redaction_counts_although_the_event_keeps_its_id(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.encryption": ({"algorithm": "m.megolm.v1.aes-sha2"}, "$encrypted")}
    world.facts()
    world.api.rooms["!room"] = {"m.room.encryption": ({}, "$encrypted")}
    assert world.facts() == "facts 2"


def test_a_room_that_is_not_known_has_no_facts(world: World) -> None:
    assert world.facts() is None
    world.api.rooms["!room"] = {}
    assert world.facts() == "facts 1"


def test_rooms_it_is_joined_through_are_fetched_and_unknown_ones_are_null(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.join_rules": ({"allow": ["!space", "!elsewhere"]}, "$a")}
    world.api.rooms["!space"] = {"m.room.join_rules": ({"allow": ["!above"]}, "$b")}
    world.api.rooms["!above"] = {"m.room.join_rules": OPEN}
    assert world.facts() == "facts 3"
    rooms = world.engine.described[-1]["rooms"]
    assert set(rooms) == {"!space", "!elsewhere", "!above"}
    assert rooms["!elsewhere"] is None


def test_a_change_in_a_room_it_is_joined_through_counts_after_a_while(world: World) -> None:
    world.api.rooms["!room"] = {"m.room.join_rules": ({"allow": ["!space"]}, "$a")}
    world.api.rooms["!space"] = {"m.room.join_rules": CLOSED}
    assert world.facts() == "facts 2"
    world.api.rooms["!space"] = {"m.room.join_rules": OPEN}
    world.now = 5
    assert world.facts() == "facts 2"
    world.now = 20
    assert world.facts() == "facts 4"


def test_being_listed_counts_after_a_while_and_costs_a_query_only_then(world: World) -> None:
    world.api.rooms["!room"] = {}
    world.facts()
    world.api.public_room_list_manager.listed.add("!room")
    world.now = 5
    assert world.facts() == "facts 1"
    assert world.api.public_room_list_manager.asked == 1
    world.now = 20
    assert world.facts() == "facts 2"


def test_a_chain_of_rooms_is_followed_only_so_far(world: World) -> None:
    for number in range(500):
        content = {"allow": [f"!{number + 1}"]}
        world.api.rooms[f"!{number}"] = {"m.room.join_rules": (content, f"${number}")}
    assert world.facts("!0") is not None
    assert len(set(world.api.looked_up)) == 65
    assert world.engine.described[-1]["rooms"]["!65"] is None


def test_state_that_makes_no_sense_gives_no_facts(world: World) -> None:
    world.api.rooms["!room"] = {}
    world.engine.reply = {"error": {"code": "malformed-state", "message": "", "permanent": True}}
    assert world.facts() is None


@pytest.mark.parametrize("reply", [{"error": {"code": "x", "permanent": False}}, {}, {"facts": 1}])
def test_any_other_answer_is_the_modules_failure(world: World, reply: Json) -> None:
    world.api.rooms["!room"] = {}
    world.engine.reply = reply
    with pytest.raises(ModuleFailure):
        world.facts()


def test_a_module_that_asks_for_ever_is_stopped(world: World) -> None:
    world.api.rooms["!room"] = {}
    world.engine.reply = {"needs": ["!space"]}
    with pytest.raises(ModuleFailure, match="asks again"):
        world.facts()
