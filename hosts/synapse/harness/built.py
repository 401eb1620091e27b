"""Where the module and the built-in packs are: what `cargo xtask build` left in the checkout.

`TAMIS_MODULE` and `TAMIS_PACKS` name others, to try an engine that is not built here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

CHECKOUT: Final = Path(__file__).resolve().parents[3]


def module() -> Path:
    """`tamis.wasm`."""
    return _there(Path(os.environ.get("TAMIS_MODULE") or CHECKOUT / "target" / "tamis.wasm"))


def packs() -> Path:
    """The folder that `builtin:` means."""
    return _there(Path(os.environ.get("TAMIS_PACKS") or CHECKOUT / "policies"))


def config(**more: Any) -> dict[str, Any]:
    """A module configuration that uses them."""
    return {"module": str(module()), "packs": str(packs()), **more}


def _there(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"there is no {path}: run `cargo xtask build` first")
    return path
