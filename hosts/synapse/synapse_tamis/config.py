"""What an operator may write under `config:` in `homeserver.yaml`, and what is said of a mistake in it.

One table: each key, what it must be, and its default. Whatever is wrong is a `ConfigError` that names the key
and says what to write; Synapse prints it and does not start. Nothing here is about rules: those are in the policy.

    parse({"policy": "/etc/tamis/policy.toml"}).on_failure == "raise"
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from synapse.module_api.errors import ConfigError

from synapse_tamis.engine import Limits

DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Config:
    """The configuration, checked. The keys are described in docs/synapse.md."""

    policy: Path | None = None
    module: Path = DATA / "tamis.wasm"
    packs: Path = DATA / "policies"
    language: str = "fr"
    on_failure: Literal["raise", "allow"] = "raise"
    federated_state: Literal["audit", "block"] = "audit"
    audit: Literal["all", "findings"] = "all"
    audit_sender: bool = True
    reload_seconds: float = 10.0
    keys: Mapping[str, Path] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


def parse(config: Any) -> Config:
    """Checks what stands in `homeserver.yaml`."""
    if not isinstance(config, Mapping):
        raise ConfigError("must be a mapping of keys, such as `policy: /etc/tamis/policy.toml`")
    for key in config:
        if key not in _KEYS:
            raise _unknown(key)
    read = _Reader(config)
    policy = read.path("policy")
    return Config(
        policy=policy,
        module=read.path("module") or Config.module,
        packs=read.path("packs") or Config.packs,
        language=read.text("language", Config.language),
        on_failure="allow" if read.choice("on_failure", "raise", "allow") == "allow" else "raise",
        federated_state="block" if read.choice("federated_state", "audit", "block") == "block" else "audit",
        audit="findings" if read.choice("audit", "all", "findings") == "findings" else "all",
        audit_sender=read.switch("audit_sender", Config.audit_sender),
        keys=read.paths("keys"),
        reload_seconds=read.number("reload_seconds", Config.reload_seconds, 0, 86_400),
        limits=Limits(
            fuel=int(read.number("fuel", Limits.fuel, 1, 10**15)),
            memory_mib=int(read.number("memory_mib", Limits.memory_mib, 1, 4096)),
        ),
    )


_KEYS: Final = (
    "policy",
    "module",
    "packs",
    "language",
    "on_failure",
    "federated_state",
    "audit",
    "audit_sender",
    "keys",
    "reload_seconds",
    "fuel",
    "memory_mib",
)


class _Reader:
    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config

    def path(self, key: str) -> Path | None:
        value = self._config.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value:
            raise _wrong(key, value, "the path of a file, such as /etc/tamis/policy.toml")
        path = Path(value)
        if not path.exists():
            raise ConfigError(f"`{key}`: there is no {path}. Correct the path, or let Synapse's user read it.", (key,))
        return path

    def paths(self, key: str) -> dict[str, Path]:
        value = self._config.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise _wrong(key, value, "a mapping of names to paths, such as `staff: /etc/tamis/staff.key`")
        named = _Reader({f"{key}.{name}": path for name, path in value.items()})
        paths = {name: named.path(f"{key}.{name}") for name in value}
        return {name: path for name, path in paths.items() if path is not None}

    def text(self, key: str, default: str) -> str:
        value = self._config.get(key, default)
        if not isinstance(value, str) or not value:
            raise _wrong(key, value, "a language code, such as fr or en")
        return value

    def choice(self, key: str, default: str, other: str) -> str:
        value = self._config.get(key, default)
        if value not in (default, other):
            raise _wrong(key, value, f"`{default}` or `{other}`")
        return str(value)

    def switch(self, key: str, default: bool) -> bool:
        value = self._config.get(key, default)
        if not isinstance(value, bool):
            raise _wrong(key, value, "true or false")
        return value

    def number(self, key: str, default: float, least: int, most: int) -> float:
        value = self._config.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise _wrong(key, value, f"a number from {least} to {most}")
        return value


def _unknown(key: Any) -> ConfigError:
    near = difflib.get_close_matches(str(key), _KEYS, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else f"The keys are: {', '.join(_KEYS)}."
    return ConfigError(f"`{key}` is not a key of synapse-tamis. {hint}", (str(key),))


def _wrong(key: str, value: Any, expected: str) -> ConfigError:
    return ConfigError(f"`{key}` must be {expected}, and is {value!r}", (key,))
