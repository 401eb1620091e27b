"""The part of Synapse's module API that this package uses, without a Synapse around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Json = dict[str, Any]


class Event:
    """What the callback needs of an event."""

    def __init__(self, content: Json, sender: str = "@alice:here", kind: str = "m.room.message", **more: Any) -> None:
        self.event_id = more.pop("event_id", "$event")
        self.room_id = more.pop("room_id", "!room:here")
        self.sender = sender
        self._plain = {"type": kind, "content": content, "sender": sender, "room_id": self.room_id, **more}

    def is_state(self) -> bool:
        return "state_key" in self._plain

    def get_dict(self) -> Json:
        return self._plain


def state_event(kind: str, content: Json, event_id: str) -> Event:
    return Event(content, kind=kind, state_key="", event_id=event_id)


class Directory:
    def __init__(self) -> None:
        self.listed: set[str] = set()
        self.asked = 0

    async def room_is_in_public_room_list(self, room_id: str) -> bool:
        self.asked += 1
        return room_id in self.listed


class Api:
    """Rooms are set as `api.rooms[room_id] = {"m.room.join_rules": (content, event_id)}`."""

    server_name = "here"

    def __init__(self) -> None:
        self.rooms: dict[str, dict[str, tuple[Json, str]]] = {}
        self.public_room_list_manager = Directory()
        self.callbacks: dict[str, Callable[..., Any]] = {}
        self.loops: list[Callable[..., Any]] = []
        self.looked_up: list[str] = []

    def is_mine(self, user: str) -> bool:
        return user.endswith(":here")

    def register_spam_checker_callbacks(self, **callbacks: Callable[..., Any]) -> None:
        self.callbacks |= callbacks

    def looping_background_call(self, function: Callable[..., Any], msec: float, **_: Any) -> None:
        self.loops.append(function)

    async def defer_to_thread(self, function: Callable[[], Any]) -> Any:
        return function()

    async def get_room_state(self, room_id: str, kinds: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Event]:
        self.looked_up.append(room_id)
        room = self.rooms.get(room_id)
        if room is None:
            return {}
        known = room | {"m.room.create": ({}, f"$create{room_id}")}
        return {key: state_event(key[0], *known[key[0]]) for key in kinds if key[0] in known}
