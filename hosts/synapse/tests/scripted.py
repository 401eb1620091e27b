"""Modules with the right ABI and the wrong behaviour, written by hand, for what the real one never does.

scripted(check="unreachable")                # a trap
scripted(check=says({"verdict": "allow"}))   # a canned reply
"""

from __future__ import annotations

import json
import re
from typing import Any

import wasmtime

LOADED: dict[str, Any] = {"ok": {"policy": "sha256:scripted", "engine": "0", "rules": 1, "warnings": []}}
CLEAN: dict[str, Any] = {
    "event_id": None,
    "scope": "in",
    "verdict": "allow",
    "policy": "sha256:scripted",
    "engine": "0",
    "reference": None,
    "findings": [],
    "message": {},
}
CONTENTS_AT = 65536


def says(reply: Any) -> str:
    """The body of a function that answers with this value, or with these bytes."""
    content = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
    return f"(;reply {content.hex()};)"


def returns(address: int, length: int) -> str:
    """The body of a function that claims its reply is there."""
    return f"(i64.const {(address << 32) | length})"


def scripted(
    *,
    load: str = says(LOADED),
    classify: str = says({"facts": "scripted"}),
    check: str = says(CLEAN),
    room: str = f"(i32.const {CONTENTS_AT})",
    memory: str = '(memory (export "memory") 4 64)',
    abi: bytes | None = b"\1\0\0\0",
    start: str = "",
) -> bytes:
    """A module whose calls have these bodies. Requests are put at the second page, canned replies in the first."""
    data: list[str] = []
    at = 16

    def placed(body: str) -> str:
        nonlocal at
        canned = re.fullmatch(r"\(;reply ([0-9a-f]*);\)", body)
        if canned is None:
            return body
        content = bytes.fromhex(canned[1])
        escaped = "".join(f"\\{byte:02x}" for byte in content)
        data.append(f'(data (i32.const {at}) "{escaped}")')
        address, at = at, at + len(content)
        return returns(address, len(content))

    calls = "\n".join(
        f'(func (export "tamis_{name}") (param i32) (result i64) {placed(body)})'
        for name, body in (("load", load), ("classify", classify), ("check", check), ("explain", check))
    )
    text = f"""(module
      {memory}
      (global $calls (mut i32) (i32.const 0))
      (func (export "tamis_abi_version") (result i32) (i32.const 1))
      (func (export "tamis_input") (param i32) (result i32) {room})
      (func (export "tamis_reset"))
      {start}
      {calls}
      {" ".join(data)})"""
    binary = bytes(wasmtime.wat2wasm(text))
    return binary if abi is None else binary + custom_section("tamis.abi", abi)


def custom_section(name: str, content: bytes) -> bytes:
    """A custom section; name and content are short."""
    body = bytes([len(name)]) + name.encode() + content
    assert len(body) < 128
    return bytes([0, len(body)]) + body
