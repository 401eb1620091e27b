"""The outline of a module is read without running it, and every kind of wrong module is told apart."""

from __future__ import annotations

import pytest
import wasmtime

from synapse_tamis.binary import UnusableModule, describe
from tests.scripted import custom_section, scripted


def check(binary: bytes, said: str) -> None:
    with pytest.raises(UnusableModule) as refusal:
        describe(binary)
    assert said in str(refusal.value)


def test_a_module_says_its_abi_and_its_engine() -> None:
    description = describe(scripted() + custom_section("tamis.engine", b"1.2.3"))
    assert (description.abi, description.engine) == (1, "1.2.3")


def test_another_abi_version_is_named() -> None:
    check(scripted(abi=b"\2\0\0\0"), "speaks ABI version 2, and this package speaks version 1")


def test_a_module_without_the_section_is_not_tamis() -> None:
    check(scripted(abi=None), "no ABI version")


def test_a_section_of_another_length_is_no_version() -> None:
    check(scripted(abi=b"\1"), "no ABI version")


def test_a_module_with_imports_is_refused() -> None:
    wasi = wasmtime.wat2wasm('(module (import "wasi_snapshot_preview1" "fd_write" (func)))')
    check(bytes(wasi) + custom_section("tamis.abi", b"\1\0\0\0"), "has imports")


def test_something_else_is_no_module() -> None:
    check(b"#!/bin/sh\n", "not a WebAssembly module")
    check(b"", "not a WebAssembly module")


def test_a_module_cut_anywhere_is_refused() -> None:
    whole = scripted()
    for length in range(len(whole)):
        with pytest.raises(UnusableModule):
            describe(whole[:length])


def test_a_length_that_never_ends_is_refused() -> None:
    check(b"\0asm\1\0\0\0" + b"\1" + b"\xff" * 9, "makes no sense")
