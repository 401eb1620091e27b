"""The files of a policy, gathered for a module that has none of its own.

The module says what it needs, the host reads it, and they take turns until the policy is whole. A policy's
files stay in the folder of its root: no absolute path, no `..`, no symbolic link out of it. Paths that begin
with `builtin:` are files of the packs that came with the module. What a policy means is not known here.

    source = Source.at(Path("/etc/tamis/policy.toml"), packs=Path("…/data/policies"))
    bundle = load(engine, source)          # PolicyRejected, with what the module says, when it is not taken
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from synapse_tamis.engine import Engine, ModuleFailure, frames

BUILTIN: Final = "builtin:"
KEY: Final = "key:"
DEFAULT_ROOT: Final = "builtin:default.toml"
_ROUNDS: Final = 64
_REQUEST_BYTES: Final = 64 * 1024 * 1024

Signature = tuple[int, int, int] | None
"""What tells one state of a file from another: modification time, size, inode. None: there is no such file."""


class PolicyRejected(Exception):
    """The policy does not load. The text has a line for each thing that is wrong with it."""


@dataclass(frozen=True)
class Source:
    """Where a policy's files are: the root's name, its folder (None for a built-in root), the packs' folder."""

    root: str
    folder: Path | None
    packs: Path
    keys: Mapping[str, Path] = field(default_factory=dict)
    """The files of keys for hashes of real values, by name. They lie outside the policy's folder."""

    @staticmethod
    def at(policy: Path | None, packs: Path, keys: Mapping[str, Path] | None = None) -> Source:
        """A file, a folder with a `policy.toml` in it, or (None) the built-in policy."""
        if policy is None:
            return Source(DEFAULT_ROOT, None, packs, keys or {})
        path = policy / "policy.toml" if policy.is_dir() else policy
        return Source(path.name, path.parent, packs, keys or {})

    def locate(self, path: str) -> Path | None:
        """The file that a path of the policy names; None when it would lead out of its folder."""
        if path.startswith(KEY):
            return self.keys.get(path.removeprefix(KEY))
        base, name = (self.packs, path.removeprefix(BUILTIN)) if path.startswith(BUILTIN) else (self.folder, path)
        parts = name.split("/")
        if base is None or "\0" in name or "\\" in name or any(part in ("", ".", "..") for part in parts):
            return None
        base = base.resolve()
        located = base.joinpath(*parts).resolve()
        return located if located.is_relative_to(base) else None


@dataclass
class Bundle:
    """A policy as it was loaded: what the module said of it, and the state of every file it looked for."""

    policy: str = ""
    engine: str = ""
    rules: int = 0
    warnings: list[str] = field(default_factory=list)
    files: dict[Path, Signature] = field(default_factory=dict)


def load(engine: Engine, source: Source) -> Bundle:
    """Gathers the files and has the module load them."""
    bundle = Bundle()
    contents: dict[str, bytes | None] = {}
    unread: dict[str, str] = {}
    wanted = [source.root]
    for _ in range(_ROUNDS):
        for path in wanted:
            contents[path] = _read(source, path, bundle.files, unread)
        if contents[source.root] is None:
            raise PolicyRejected(f"{source.root}: {unread[source.root]}")
        request = frames(part for path, content in contents.items() for part in (path.encode(), content))
        if len(request) > _REQUEST_BYTES:
            raise PolicyRejected(
                f"the policy and its files come to {len(request)} bytes, and {_REQUEST_BYTES} is the most"
            )
        reply = engine.load(request)
        if "ok" in reply:
            return _loaded(bundle, reply)
        if "diagnostics" in reply:
            raise PolicyRejected(_report(reply["diagnostics"], unread))
        needs = reply.get("needs")
        if not isinstance(needs, list) or not all(isinstance(path, str) for path in needs):
            raise ModuleFailure("bad-reply", f"tamis_load answered with {_what(reply)}")
        wanted = [path for path in needs if path not in contents]
        if not wanted:
            raise ModuleFailure("bad-reply", "tamis_load asks again for files that it was given")
    raise PolicyRejected(f"files include files for more than {_ROUNDS} steps; include them more directly")


def signature(path: Path) -> Signature:
    """The present state of a file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _read(source: Source, path: str, files: dict[Path, Signature], unread: dict[str, str]) -> bytes | None:
    located = source.locate(path)
    if located is None and path.startswith(KEY):
        unread[path] = f"no file is configured for this key; write it under `keys:` ({path.removeprefix(KEY)}: PATH)"
        return None
    if located is None:
        unread[path] = "leads out of the policy's folder; move the file into it"
        return None
    # The state first: a file that changes while it is read then looks changed, and is read again.
    files[located] = signature(located)
    try:
        return located.read_bytes()
    except OSError as error:
        unread[path] = f"cannot be read ({error.strerror or type(error).__name__}): {located}"
        return None


def _loaded(bundle: Bundle, reply: dict[str, Any]) -> Bundle:
    ok = reply["ok"]
    if not isinstance(ok, dict) or not isinstance(ok.get("policy"), str):
        raise ModuleFailure("bad-reply", "tamis_load took the policy and did not name it")
    bundle.policy = ok["policy"]
    bundle.engine = str(ok.get("engine", ""))
    bundle.rules = ok["rules"] if isinstance(ok.get("rules"), int) else 0
    warnings = ok.get("warnings")
    bundle.warnings = [_line(warning) for warning in warnings] if isinstance(warnings, list) else []
    return bundle


def _report(diagnostics: Any, unread: dict[str, str]) -> str:
    lines = [_line(diagnostic) for diagnostic in diagnostics] if isinstance(diagnostics, list) else []
    lines += [f"{path}: {reason}" for path, reason in unread.items()]
    return "\n".join(lines) or "the module gave no reason"


def _line(diagnostic: Any) -> str:
    """`policy.toml:7:1: error [unknown-key] what is wrong (what to do)`"""
    if not isinstance(diagnostic, dict):
        return str(diagnostic)
    place = [str(diagnostic[key]) for key in ("path", "line", "column") if diagnostic.get(key) is not None]
    severity, code = diagnostic.get("severity", "error"), diagnostic.get("code", "unknown")
    text = f"{':'.join(place)}: {severity} [{code}] {diagnostic.get('message', '')}"
    return f"{text} ({diagnostic['help']})" if diagnostic.get("help") else text


def _what(reply: dict[str, Any]) -> str:
    error = reply.get("error")
    return f"error {error.get('code')}" if isinstance(error, dict) else "neither ok, needs nor diagnostics"
