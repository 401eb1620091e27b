"""The Tamis module inside wasmtime: one call, one answer, or a `ModuleFailure`.

What bounds a call is fuel: the callback runs on Synapse's reactor thread, where no timer can fire while the
guest runs, so an epoch deadline would need a thread of its own. Memory is capped as well, and no address or
length that the guest names is used before it was held against the memory's size at that moment.

An instance is never used again after it failed in any way: the next call makes a new one from the compiled
module (well under a millisecond) and loads the policy into it anew.

    engine = Engine(CompiledModule(binary), Limits())
    engine.load(frames([b"policy.toml", text]))
    engine.check(event_id="$…", facts=None, event=b'{"type":…}')["verdict"]
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import wasmtime

from synapse_tamis.binary import ABI_VERSION, Description, UnusableModule, describe

_MIB: Final = 1024 * 1024
# Loading a policy compiles it: that is work in proportion to the policy, done once and not for a stranger.
_LOAD_FUEL: Final = 100_000_000_000
# An instance whose memory grew by this much since the policy was loaded is replaced: WebAssembly memory never
# shrinks, and one 64 MiB event must not cost its memory for as long as the worker lives.
_GROWTH: Final = 64 * _MIB
_CALLS: Final = ("tamis_load", "tamis_classify", "tamis_check")


class ModuleFailure(Exception):
    """The module did not answer, or its answer makes no sense. Never the event's fault.

    `kind` is one of a few words (a metric's label); `detail` is for the log. Neither contains message text.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Limits:
    """What one call may use. The dearest flood of 64 KiB that is known takes four tenths of the fuel."""

    fuel: int = 10_000_000_000
    memory_mib: int = 256


class CompiledModule:
    """Machine code of a module that passed its examination. Instances share it; it holds no state."""

    def __init__(self, binary: bytes) -> None:
        self.description: Description = describe(binary)
        config = wasmtime.Config()
        config.consume_fuel = True
        # Synapse may become a daemon (fork) after its configuration was read. The compiler's threads would
        # not survive that, and the first reload of a module would wait for them for ever.
        config.parallel_compilation = False
        # Three seconds of compiling are spared at every start but the first, where Synapse's user may write to its
        # cache folder; where it may not, they are not.
        with suppress(wasmtime.WasmtimeError):
            config.cache = True
        self.engine = wasmtime.Engine(config)
        try:
            self.module = wasmtime.Module(self.engine, binary)
        except wasmtime.WasmtimeError as error:
            raise UnusableModule(f"wasmtime does not accept it: {_first_line(error)}") from None


class Engine:
    """A module with a policy loaded. Not for two threads at once."""

    def __init__(self, compiled: CompiledModule, limits: Limits) -> None:
        self._compiled = compiled
        self._limits = limits
        self._instance: _Instance | None = None
        self._bundle: bytes | None = None
        self._loaded_size = 0

    def load(self, bundle: bytes) -> dict[str, Any]:
        """Offers a bundle. When the module takes it, it is kept, to be loaded again into a new instance."""
        reply = self._call("tamis_load", bundle, _LOAD_FUEL)
        if "ok" in reply:
            self._bundle = bundle
            self._loaded_size = self._instance.memory_size() if self._instance else 0
        return reply

    def classify(self, description: bytes) -> dict[str, Any]:
        """Room state into room facts, or the rooms that the module needs to know about."""
        return self._call("tamis_classify", frames([description]), self._limits.fuel)

    def check(self, *, event_id: str | None, facts: str | None, event: bytes) -> dict[str, Any]:
        """The verdict on one event, as the module gave it."""
        options = json.dumps({"event_id": event_id}).encode()
        request = frames([options, None if facts is None else facts.encode(), event])
        return self._call("tamis_check", request, self._limits.fuel)

    def _call(self, name: str, request: bytes, fuel: int) -> dict[str, Any]:
        try:
            instance = self._instance or self._start()
            reply = _object(instance.call(name, request, fuel))
        except BaseException as error:
            # Whatever it was: an instance that was left in the middle of something is not used again.
            self._instance = None
            if isinstance(error, (wasmtime.WasmtimeError, wasmtime.Trap, IndexError, MemoryError)):
                raise ModuleFailure("host", f"{name}: {_first_line(error)}") from None
            raise
        if self._bundle is not None and instance.memory_size() > self._loaded_size + _GROWTH:
            self._instance = None
        return reply

    def _start(self) -> _Instance:
        instance = _Instance(self._compiled, self._limits)
        if self._bundle is not None:
            reply = _object(instance.call("tamis_load", self._bundle, _LOAD_FUEL))
            if "ok" not in reply:
                raise ModuleFailure("bad-reply", "tamis_load refused the policy that it had taken before")
            self._loaded_size = instance.memory_size()
        self._instance = instance
        return instance


class _Instance:
    """One store, one instance, its memory and functions. Dropped with everything in it."""

    def __init__(self, compiled: CompiledModule, limits: Limits) -> None:
        self._store = wasmtime.Store(compiled.engine)
        self._store.set_limits(memory_size=limits.memory_mib * _MIB, instances=1, memories=1)
        self._store.set_fuel(_LOAD_FUEL)
        exports = wasmtime.Instance(self._store, compiled.module, []).exports(self._store)
        found = {
            name: exports[name] for name in ("memory", "tamis_abi_version", "tamis_input", *_CALLS) if name in exports
        }
        memory = found.get("memory")
        functions = {name: export for name, export in found.items() if isinstance(export, wasmtime.Func)}
        missing = [name for name in ("tamis_abi_version", "tamis_input", *_CALLS) if name not in functions]
        if not isinstance(memory, wasmtime.Memory):
            missing.insert(0, "memory")
        if missing or not isinstance(memory, wasmtime.Memory):
            raise ModuleFailure("bad-module", f"exports missing: {', '.join(missing)}")
        self._memory = memory
        self._functions = functions
        if functions["tamis_abi_version"](self._store) != ABI_VERSION:
            raise ModuleFailure("bad-module", "tamis_abi_version does not return what the section tamis.abi says")

    def memory_size(self) -> int:
        return self._memory.data_len(self._store)

    def call(self, name: str, request: bytes, fuel: int) -> bytes:
        self._store.set_fuel(fuel)
        try:
            address = self._functions["tamis_input"](self._store, len(request)) & 0xFFFF_FFFF
            if address == 0:
                raise ModuleFailure("refused-input", f"{name}: no room for a request of {len(request)} bytes")
            if address + len(request) > self.memory_size():
                raise ModuleFailure("bad-reply", "tamis_input returned an address outside the memory")
            self._memory.write(self._store, request, address)
            reply = self._functions[name](self._store, len(request)) & 0xFFFF_FFFF_FFFF_FFFF
        except wasmtime.Trap:
            # Not by the trap's code: older wasmtime packages do not know the one for fuel.
            if self._store.get_fuel() == 0:
                raise ModuleFailure("out-of-fuel", f"{name} used all its fuel") from None
            raise ModuleFailure("trap", name) from None
        address, length = reply >> 32, reply & 0xFFFF_FFFF
        if address + length > self.memory_size():
            raise ModuleFailure("bad-reply", f"{name} returned a reply outside the memory")
        return bytes(self._memory.read(self._store, address, address + length))


def frames(contents: Iterable[bytes | None]) -> bytes:
    """A request: each content with its length before it; None is the length of *absent* with nothing after it."""
    request = bytearray()
    for content in contents:
        if content is None:
            request += b"\xff\xff\xff\xff"
        else:
            request += struct.pack("<I", len(content))
            request += content
    return bytes(request)


def _object(reply: bytes) -> dict[str, Any]:
    try:
        value = json.loads(reply)
    except (ValueError, RecursionError):
        # The exception holds the reply, which may quote what it was about: it must not be chained.
        raise ModuleFailure("bad-reply", f"{len(reply)} bytes that are not JSON") from None
    if not isinstance(value, dict):
        raise ModuleFailure("bad-reply", "not a JSON object")
    return value


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0]
