"""The few requests of the client-server API that the tests make, as plain HTTP: status and body just as they came."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

import requests

Json = dict[str, Any]


class Client:
    """One user, logged in."""

    def __init__(self, url: str, name: str, token: str | None = None) -> None:
        self.url = url
        self._session = requests.Session()
        if token is None:
            token = self._request(
                "POST",
                "/register",
                {"username": name, "password": f"{name} on loopback", "auth": {"type": "m.login.dummy"}},
            )[1]["access_token"]
        self.token: str = token
        self._session.headers["Authorization"] = f"Bearer {token}"

    def create_room(self, preset: str, *, encrypted: bool = False, **more: Any) -> str:
        """`preset` is public_chat or private_chat."""
        state = (
            [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]
            if encrypted
            else []
        )
        status, body = self._request("POST", "/createRoom", {"preset": preset, "initial_state": state, **more})
        if status != 200:
            raise RuntimeError(f"createRoom: {status} {body}")
        return str(body["room_id"])

    def join(self, room: str, through: str) -> tuple[int, Json]:
        """Joins a room of another server."""
        return self._request("POST", f"/join/{quote(room)}?server_name={quote(through)}", {})

    def say(self, room: str, body: str, transaction: str | None = None) -> tuple[int, Json]:
        """A text message."""
        return self.send(room, {"msgtype": "m.text", "body": body}, transaction=transaction)

    def send(
        self, room: str, content: Json, kind: str = "m.room.message", transaction: str | None = None
    ) -> tuple[int, Json]:
        """Any message-like event."""
        transaction = transaction or secrets.token_hex(8)
        return self._request("PUT", f"/rooms/{quote(room)}/send/{kind}/{transaction}", content)

    def state(self, room: str, kind: str, content: Json) -> tuple[int, Json]:
        """A state event with an empty key."""
        return self._request("PUT", f"/rooms/{quote(room)}/state/{kind}", content)

    def _request(self, method: str, path: str, body: Json) -> tuple[int, Json]:
        reply = self._session.request(method, f"{self.url}/_matrix/client/v3{path}", json=body, timeout=60)
        return reply.status_code, reply.json()
