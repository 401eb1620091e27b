"""One line of JSON for each decision, on the logger `synapse_tamis.audit`.

A line says which event, which room, which rules, how many places, what was done and how long it took. It is built from
the verdict's ids and numbers only: no text of the event can get in, nor its type, which a client may choose freely.
`reference` is the code that the sender was shown, so that a help desk finds the line.

    {"event_id":"$…","room_id":"!…","origin":"local","verdict":"block","outcome":"refused","rules":["bank.iban"],…}
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_logger: Final = logging.getLogger("synapse_tamis.audit")


@dataclass(frozen=True)
class Subject:
    """What is known of the event without reading it."""

    event_id: str
    room_id: str
    sender: str
    local: bool
    state: bool

    @property
    def origin(self) -> str:
        """Whose server the event comes from, as the audit line and the metrics call it."""
        return "local" if self.local else "federated"


class Audit:
    """Writes the lines that the configuration asks for."""

    def __init__(self, *, everything: bool, sender: bool) -> None:
        self._everything = everything
        self._sender = sender

    def decided(self, subject: Subject, verdict: Mapping[str, Any], outcome: str, microseconds: int) -> None:
        """A verdict, and what was done about it."""
        findings = verdict.get("findings") or []
        if not self._everything and not findings and verdict["verdict"] == "allow":
            return
        line = self._line(subject, verdict["verdict"], outcome, microseconds)
        line |= {
            "scope": verdict.get("scope"),
            "policy": verdict.get("policy"),
            "engine": verdict.get("engine"),
            "reference": verdict.get("reference"),
            "rules": list(dict.fromkeys(str(finding["rule"]) for finding in findings)),
            "spans": sum(1 + len(finding.get("also") or []) for finding in findings),
        }
        for key in ("would", "truncated"):
            if key in verdict:
                line[key] = verdict[key]
        error = verdict.get("error")
        if isinstance(error, Mapping):
            line["error"] = error.get("code")
        _logger.info("%s", json.dumps(line))

    def failed(self, subject: Subject, kind: str, outcome: str) -> None:
        """No verdict: the module, or what stands around it, failed."""
        _logger.info("%s", json.dumps(self._line(subject, "error", outcome, None) | {"error": kind}))

    def _line(self, subject: Subject, verdict: str, outcome: str, microseconds: int | None) -> dict[str, Any]:
        line: dict[str, Any] = {"event_id": subject.event_id, "room_id": subject.room_id}
        if self._sender:
            line["sender"] = subject.sender
        return line | {
            "origin": subject.origin,
            "state": subject.state,
            "verdict": verdict,
            "outcome": outcome,
            "took_us": microseconds,
        }
