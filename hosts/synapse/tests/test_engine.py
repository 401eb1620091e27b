"""A module that traps, loops, lies or babbles: always a `ModuleFailure`, and the next call starts afresh."""

from __future__ import annotations

import json
from typing import Any

import pytest

from synapse_tamis.binary import UnusableModule
from synapse_tamis.engine import CompiledModule, Engine, Limits, ModuleFailure, frames
from tests.scripted import CONTENTS_AT, LOADED, custom_section, returns, says, scripted

EVENT = b'{"type":"m.room.message","content":{"body":"words of the message"}}'
FEW = Limits(fuel=100_000, memory_mib=8)
# Fails on an instance's first call and answers on its second: it never answers where a failure costs the instance.
SECOND_TIME = f"""(if (result i64) (global.get $calls) (then {returns(16, len(json.dumps(LOADED)))})
  (else (global.set $calls (i32.const 1)) BODY))"""


def engine(limits: Limits = FEW, **script: Any) -> Engine:
    engine = Engine(CompiledModule(scripted(**script)), limits)
    engine.load(frames([b"policy.toml", b""]))
    return engine


def check_fails(kind: str, limits: Limits = FEW, **script: Any) -> None:
    hostile = engine(limits, **script)
    for _ in range(3):
        with pytest.raises(ModuleFailure) as failure:
            hostile.check(event_id="$e", facts=None, event=EVENT)
        assert failure.value.kind == kind
        assert "words of the message" not in str(failure.value)
        assert failure.value.__cause__ is None


def test_a_verdict_comes_back_as_it_was_given() -> None:
    assert engine(check=says({"verdict": "flag"})).check(event_id=None, facts="f", event=EVENT) == {"verdict": "flag"}


def test_a_trap() -> None:
    check_fails("trap", check="unreachable")


def test_an_endless_loop_runs_out_of_fuel() -> None:
    check_fails("out-of-fuel", check="(loop br 0) unreachable")


def test_a_recursion_without_end_traps() -> None:
    check_fails("trap", limits=Limits(), check="(call $down)", start="(func $down (result i64) (call $down))")


def test_an_instance_that_failed_is_not_used_again() -> None:
    check_fails("trap", check=SECOND_TIME.replace("BODY", "unreachable"))
    check_fails("out-of-fuel", check=SECOND_TIME.replace("BODY", "(loop br 0) unreachable"))
    check_fails("bad-reply", check=SECOND_TIME.replace("BODY", returns(0, 1 << 30)))


def test_a_reply_past_the_end_of_memory() -> None:
    for address, length in ((0, 0xFFFF_FFFF), (0xFFFF_FFFF, 1), (0x7FFF_FFFF, 0x7FFF_FFFF), (4 * 65536 - 1, 2)):
        check_fails("bad-reply", check=returns(address, length))


def test_a_request_address_past_the_end_of_memory() -> None:
    # The address is a lie only for the request of `check`, which is the longer one; else `load` would fail first.
    lying = "(if (result i32) (i32.gt_u (local.get 0) (i32.const 40)) (then (i32.const {})) (else (i32.const 65536)))"
    for address in (4 * 65536 - 8, 0x7FFF_FFFF, -1):
        check_fails("bad-reply", room=lying.format(address))


def test_no_room_for_the_request() -> None:
    none = f"(select (i32.const 0) (i32.const {CONTENTS_AT}) (i32.gt_u (local.get 0) (i32.const 40)))"
    check_fails("refused-input", room=none)


def test_a_reply_that_is_no_json() -> None:
    check_fails("bad-reply", check=says(b'{"verdict": "words of the message'))
    check_fails("bad-reply", check=says(b"\xff\xfe"))
    check_fails("bad-reply", check=says(b""))
    check_fails("bad-reply", check=says(b"[1]"))
    check_fails("bad-reply", check=says(b"[" * 20_000))


def test_memory_does_not_grow_past_the_limit() -> None:
    # 8 MiB are 128 pages: memory.grow answers -1, and the module gives up with a trap of its own.
    grows = "(if (i32.eq (memory.grow (i32.const 200)) (i32.const -1)) (then unreachable)) (i64.const 0)"
    check_fails("trap", check=grows, memory='(memory (export "memory") 4 4096)')


def test_an_instance_that_grew_much_is_replaced() -> None:
    # It answers (with the reply of `load`, the first in memory) and grows by 80 MiB. A second call would trap.
    once = f"""(if (global.get $calls) (then unreachable))
      (global.set $calls (i32.const 1)) (drop (memory.grow (i32.const 1280))) {returns(16, len(json.dumps(LOADED)))}"""
    growing = engine(Limits(), check=once, memory='(memory (export "memory") 4 4096)')
    for _ in range(3):
        assert growing.check(event_id=None, facts=None, event=EVENT) == LOADED


def test_a_module_that_cannot_even_start() -> None:
    with pytest.raises(ModuleFailure):
        engine(start="(func $trap unreachable) (start $trap)")


def test_a_version_export_that_contradicts_the_section() -> None:
    contradicting = scripted().replace(b"\x41\x01\x0b", b"\x41\x02\x0b", 1)
    with pytest.raises(ModuleFailure, match="tamis_abi_version"):
        Engine(CompiledModule(contradicting), FEW).load(b"")


def test_a_module_without_the_exports_names_them() -> None:
    empty = b"\0asm\1\0\0\0" + custom_section("tamis.abi", b"\1\0\0\0")
    with pytest.raises(ModuleFailure, match="memory, tamis_abi_version, tamis_input, tamis_load"):
        Engine(CompiledModule(empty), FEW).load(b"")


def test_sections_that_do_not_validate_are_refused() -> None:
    with pytest.raises(UnusableModule, match="wasmtime does not accept it"):
        CompiledModule(b"\0asm\1\0\0\0" + b"\3\1\5" + custom_section("tamis.abi", b"\1\0\0\0"))


def test_frames_carry_lengths_and_absence() -> None:
    assert frames([b"ab", None, b""]) == b"\2\0\0\0ab" + b"\xff\xff\xff\xff" + b"\0\0\0\0"
