"""What a WebAssembly binary says of itself, read without running or compiling any of it.

Only the outline is read: the header, the sections' sizes, the custom sections' contents and whether there
are imports. A module is a stranger until its ABI version is known, so the reader trusts no length in it.

    >>> describe(Path("tamis.wasm").read_bytes())
    Description(abi=1, engine='0.1.0')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ABI_VERSION: Final = 1

_HEADER: Final = b"\0asm\x01\0\0\0"
_CUSTOM: Final = 0
_IMPORT: Final = 2
_BUILD: Final = "Take the tamis.wasm that came with this version of synapse-tamis."


class UnusableModule(Exception):
    """The module cannot be used; the text says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Description:
    """What the custom sections `tamis.abi` and `tamis.engine` say."""

    abi: int
    engine: str


def describe(binary: bytes) -> Description:
    """Reads the outline and refuses whatever this package could not host."""
    if not binary.startswith(_HEADER):
        raise UnusableModule(f"it is not a WebAssembly module (no module header in its {len(binary)} bytes). {_BUILD}")
    custom: dict[str, bytes] = {}
    at = len(_HEADER)
    while at < len(binary):
        section = binary[at]
        size, start = _leb128(binary, at + 1)
        end = start + size
        if end > len(binary):
            raise _truncated(start)
        if section == _CUSTOM:
            length, name_start = _leb128(binary, start)
            if name_start + length > end:
                raise _truncated(name_start)
            name = binary[name_start : name_start + length].decode("utf-8", "replace")
            custom.setdefault(name, binary[name_start + length : end])
        elif section == _IMPORT and _leb128(binary, start)[0] != 0:
            raise UnusableModule(f"it has imports, and Tamis has none: this is another module. {_BUILD}")
        at = end

    abi = custom.get("tamis.abi")
    if abi is None or len(abi) != 4:
        raise UnusableModule(f"it has no ABI version (custom section tamis.abi): this is not Tamis. {_BUILD}")
    version = int.from_bytes(abi, "little")
    if version != ABI_VERSION:
        raise UnusableModule(
            f"it speaks ABI version {version}, and this package speaks version {ABI_VERSION}. {_BUILD}"
        )
    return Description(abi=version, engine=custom.get("tamis.engine", b"").decode("utf-8", "replace"))


def _leb128(binary: bytes, at: int) -> tuple[int, int]:
    """An unsigned 32-bit LEB128 number and where it ends."""
    value = 0
    for index in range(5):
        if at + index >= len(binary):
            raise _truncated(at)
        byte = binary[at + index]
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, at + index + 1
    raise UnusableModule(f"its outline makes no sense at byte {at}. {_BUILD}")


def _truncated(at: int) -> UnusableModule:
    return UnusableModule(f"it is cut short: something at byte {at} goes past its end. {_BUILD}")
