"""An event as the bytes of its JSON.

Synapse's events are Rust objects or frozen mappings, by version; both are mappings. Text goes out as UTF-8, so that the
module can read most of it where it stands. What has no UTF-8 (a lone surrogate) goes out as an escape: the module then
says that the event is malformed, which is its judgement to make.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def encode(value: Any) -> bytes:
    """The JSON of what an event, or a part of it, is made of."""
    try:
        return _READABLE.encode(value).encode()
    except UnicodeEncodeError:
        return _ESCAPED.encode(value).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    # Only the type: the value is message text.
    raise TypeError(f"{type(value).__name__} in an event")


_READABLE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
_ESCAPED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_plain)
