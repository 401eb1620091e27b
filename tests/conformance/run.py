#!/usr/bin/env python3
"""The conformance suite in wasmtime's Python package, through a host that was written from docs/abi.md alone.

    python tests/conformance/run.py [MODULE]        # default: target/tamis.wasm

The labelled corpus is checked too, with the built-in policy: `cargo xtask test corpus` leaves its events and the verdicts that
the engine gives natively in target/corpus, and every host must give the same bytes.

It must not know what a policy or a verdict means: it sends the frames of `suite.json` and compares the replies. One line for
each case, then the sum; the exit status is 1 when a case failed or none ran.
"""

from __future__ import annotations

import base64
import json
import struct
import sys
from pathlib import Path
from typing import Any

import wasmtime

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CORPUS = ROOT / "target" / "corpus"
MIB = 1 << 20


class Failed(Exception):
    """A case that does not hold, and where."""


# --- the host: docs/abi.md and nothing else -------------------------------------------------------------------------


def custom_sections(module: bytes) -> dict[str, bytes]:
    """Read before anything of the module runs. Refuses a module with imports."""
    if module[:8] != b"\0asm\1\0\0\0":
        raise Failed("this is no core module")
    at, found = 8, {}

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = module[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(module):
        kind = module[at]
        at += 1
        size = number()
        end = at + size
        if kind == 0:
            length = number()
            found[module[at : at + length].decode()] = module[at + length : end]
        elif kind == 2 and number() != 0:
            raise Failed("the module has imports")
        at = end
    return found


class Host:
    """One instance."""

    def __init__(self, engine: wasmtime.Engine, module: wasmtime.Module) -> None:
        self.store = wasmtime.Store(engine)
        self.exports = wasmtime.Instance(self.store, module, []).exports(self.store)
        self.memory = self.exports["memory"]

    def input(self, length: int) -> int:
        return self.exports["tamis_input"](self.store, length - (1 << 32) if length >= 1 << 31 else length) & 0xFFFFFFFF

    def answer(self, call: str, length: int) -> bytes:
        packed = self.exports[f"tamis_{call}"](self.store, length) & 0xFFFFFFFFFFFFFFFF
        address, size = packed >> 32, packed & 0xFFFFFFFF
        if address + size > self.memory.data_len(self.store):
            raise Failed("the reply lies outside the memory")
        return bytes(self.memory.read(self.store, address, address + size))

    def call(self, call: str, request: bytes) -> bytes:
        address = self.input(len(request))
        if address == 0 or address + len(request) > self.memory.data_len(self.store):
            raise Failed("there is no room for the request")
        self.memory.write(self.store, request, address)
        return self.answer(call, len(request))

    def reset(self) -> None:
        self.exports["tamis_reset"](self.store)


def frames(contents: list[bytes | None]) -> bytes:
    parts = (b"\xff\xff\xff\xff" if frame is None else struct.pack("<I", len(frame)) + frame for frame in contents)
    return b"".join(parts)


# --- the suite: its README says what stands in it -------------------------------------------------------------------


def policy_file(path: str) -> bytes | None:
    name = path.removeprefix("builtin:")
    file = (ROOT / "policies" if name != path else HERE / "policies") / name
    return file.read_bytes() if file.is_file() else None


def frame(written: Any) -> bytes | None:
    if written is None:
        return None
    if isinstance(written, str):
        return written.encode()
    ((form, value),) = written.items()
    if form == "base64":
        return base64.b64decode(value, validate=True)
    if form == "file":
        content = policy_file(value)
        if content is None:
            raise Failed(f"the suite names {value}, which is not there")
        return content
    if form == "json":
        return json.dumps(value, ensure_ascii=False).encode()
    if form == "repeat":
        text, times = value
        return text.encode() * times
    if form == "parts":
        return b"".join(frame(part) or b"" for part in value)
    raise Failed(f"the suite knows no frame `{form}`")


def load(host: Host, root: str) -> dict[str, Any]:
    """The loop of tamis_load: until the module has what it needs."""
    files = {root: policy_file(root)}
    while True:
        request = frames([part for path, content in files.items() for part in (path.encode(), content)])
        reply = parse(host.call("load", request))
        if "needs" not in reply:
            return reply
        new = [path for path in reply["needs"] if path not in files]
        if not new:
            raise Failed("the module asks for files that it was sent")
        files |= {path: policy_file(path) for path in new}


def parse(reply: bytes) -> dict[str, Any]:
    if b"\n" in reply or not reply.startswith(b"{"):
        raise Failed("a reply is one object on one line")
    return json.loads(reply.decode())


def compare(expected: Any, actual: Any, names: dict[str, Any], at: str = "") -> None:
    """`"*"` stands for anything but null; `"?name"` for one value throughout a case, and another name for another value."""
    if expected == "*":
        if actual is None:
            raise Failed(f"{at}: null")
    elif isinstance(expected, str) and expected.startswith("?"):
        if expected not in names and actual in names.values():
            raise Failed(f"{at}: {expected} is the same as another name")
        if names.setdefault(expected, actual) != actual:
            raise Failed(f"{at}: {expected} is {names[expected]!r} and {actual!r}")
    elif isinstance(expected, dict) and isinstance(actual, dict):
        if expected.keys() != actual.keys():
            raise Failed(f"{at}: members {sorted(expected)} expected, {sorted(actual)} found")
        for key, value in expected.items():
            compare(value, actual[key], names, f"{at}/{key}")
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            raise Failed(f"{at}: {len(expected)} items expected, {len(actual)} found")
        for number, pair in enumerate(zip(expected, actual, strict=True)):
            compare(*pair, names, f"{at}/{number}")
    elif type(expected) is not type(actual) or expected != actual:
        raise Failed(f"{at}: {expected!r} expected, {actual!r} found")


def run(host: Host, case: dict[str, Any]) -> None:
    names: dict[str, Any] = {}
    if "given" in case:
        reply = load(host, case["given"])
        if "ok" not in reply:
            raise Failed(f"{case['given']} does not load: {reply}")
        names["?policy"] = reply["ok"]["policy"]
    for number, call in enumerate(case["calls"]):
        if call["call"] == "reset":
            host.reset()
            continue
        request = frame(call["request"]) if "request" in call else frames([frame(part) for part in call["frames"]])
        compare(call["reply"], parse(host.call(call["call"], request)), names, f"call {number}")


def check_corpus(host: Host) -> None:
    """Every message of the labelled corpus gets, byte by byte, the verdict that the engine gives natively."""
    events, verdicts = ((CORPUS / name).read_bytes().splitlines() for name in ("events.jsonl", "verdicts.jsonl"))
    if not events or len(events) != len(verdicts):
        raise Failed(f"{len(events)} events and {len(verdicts)} verdicts")
    reply = load(host, "builtin:default.toml")
    if "ok" not in reply:
        raise Failed(f"the built-in policy does not load: {reply}")
    for number, (event, verdict) in enumerate(zip(events, verdicts, strict=True)):
        if host.call("check", frames([None, None, event])) != verdict:
            raise Failed(f"event {number + 1} of {len(events)} gets another verdict than natively")


# --- what holds of every host ---------------------------------------------------------------------------------------

WRONG_LENGTH = {"error": {"code": "malformed-request", "message": "*", "permanent": False}}


def check_sections(sections: dict[str, bytes], host: Host) -> None:
    if sections.get("tamis.abi") != struct.pack("<I", 1) or host.exports["tamis_abi_version"](host.store) != 1:
        raise Failed("section tamis.abi and tamis_abi_version have to say 1")
    if not sections.get("tamis.engine", b"").decode():
        raise Failed("section tamis.engine has to name the engine's version")


def check_input_limit(host: Host) -> None:
    for length in (64 * MIB + 1, (1 << 31) - 1, 1 << 31, (1 << 32) - 1):
        if host.input(length) != 0:
            raise Failed(f"there is room for {length} bytes")
    for length in (0, 1, 64 * MIB):
        address = host.input(length)
        if address == 0 or address + length > host.memory.data_len(host.store):
            raise Failed(f"there is no room for {length} bytes")


def check_lengths(host: Host) -> None:
    for call in ("load", "classify", "check", "explain"):
        for announced, said in ((10, 11), (10, 9), (10, 0), (10, -1), (0, 64 * MIB), (64 * MIB + 1, 64 * MIB + 1)):
            host.input(announced)
            compare(WRONG_LENGTH, parse(host.answer(call, said)), {}, f"{call}: {announced} announced, {said} said")
        # Announced once, answered once.
        host.call(call, frames([]))
        compare(WRONG_LENGTH, parse(host.answer(call, 0)), {}, f"{call}: twice")


def main(arguments: list[str]) -> int:
    path = Path(arguments[0]) if arguments else ROOT / "target" / "tamis.wasm"
    if not path.is_file():
        print(f"{path} is not there; run `cargo xtask build`", file=sys.stderr)
        return 1
    binary = path.read_bytes()
    cases = json.loads((HERE / "suite.json").read_text(encoding="utf-8"))["cases"]
    sections = custom_sections(binary)
    engine = wasmtime.Engine()
    module = wasmtime.Module(engine, binary)
    runs = [
        ("host: sections and version", lambda host: check_sections(sections, host)),
        ("host: the longest request", check_input_limit),
        ("host: a length other than announced", check_lengths),
        ("host: the labelled corpus", check_corpus),
        *((case["name"], lambda host, case=case: run(host, case)) for case in cases),
    ]
    failed = 0
    for name, check in runs:
        try:
            check(Host(engine, module))
            print(f"ok      {name}")
        except (Failed, OSError, wasmtime.WasmtimeError, wasmtime.Trap, ValueError) as error:
            failed += 1
            print(f"FAILED  {name}: {error}")
    print(f"{len(runs) - failed} passed, {failed} failed ({path.name}, wasmtime in Python)")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
