"""A module and a policy, read from files, as one thing that is either whole or not there.

`load` is all or nothing, so a policy that does not load never replaces the one in force. It blocks (files,
and the compiler when the module is new), so a reload calls it on another thread.

    filter = load(config)                        # Unloadable, with the reasons
    newer = load(config, filter) if filter.changed() else filter
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from synapse_tamis import bundle
from synapse_tamis.binary import UnusableModule
from synapse_tamis.config import Config
from synapse_tamis.engine import CompiledModule, Engine, ModuleFailure


class Unloadable(Exception):
    """The module or the policy cannot be loaded. `key` is the configuration's key that names it."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key
        self.reason = reason


@dataclass(frozen=True)
class Filter:
    """An engine with a policy in force, and the state of the files that both came from."""

    engine: Engine
    policy: bundle.Bundle
    module_digest: str
    compiled: CompiledModule
    files: dict[Path, bundle.Signature]

    def changed(self) -> bool:
        """Whether any of the files is no longer as it was."""
        return any(bundle.signature(path) != known for path, known in self.files.items())


def load(config: Config, present: Filter | None = None) -> Filter:
    """Reads everything anew; the module is compiled only when it is another than the present one."""
    module_state = bundle.signature(config.module)
    try:
        binary = config.module.read_bytes()
    except OSError as error:
        raise Unloadable(
            "module",
            f"{config.module} cannot be read ({error.strerror}). The module comes with the package "
            "synapse-tamis; in a checkout, `cargo xtask build` makes it.",
        ) from None
    digest = hashlib.sha256(binary).hexdigest()
    try:
        same = present is not None and present.module_digest == digest
        compiled = present.compiled if present is not None and same else CompiledModule(binary)
    except UnusableModule as error:
        raise Unloadable("module", f"{config.module} cannot be used: {error}") from None
    engine = Engine(compiled, config.limits)
    try:
        policy = bundle.load(engine, bundle.Source.at(config.policy, config.packs, config.keys))
    except bundle.PolicyRejected as error:
        raise Unloadable("policy", f"the policy does not load:\n{error}") from None
    except ModuleFailure as error:
        raise Unloadable("module", f"{config.module} failed while the policy was loaded: {error}") from None
    return Filter(engine, policy, digest, compiled, {config.module: module_state, **policy.files})
