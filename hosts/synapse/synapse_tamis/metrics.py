"""Counters for Prometheus, in the registry that Synapse serves at `/_synapse/metrics`.

Every label has few values: no room, no user, no event. Rule ids are as many as the policy has; those of a policy with
more than `_RULES` become `other`, for a series each would cost the monitoring more than it tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from prometheus_client import Counter, Gauge, Histogram

_RULES: Final = 500

_events = Counter("tamis_events", "Events checked", ["server_name", "origin", "verdict", "outcome"])
_findings = Counter(
    "tamis_findings", "Findings, by rule and by the action taken on them", ["server_name", "rule", "action"]
)
_seconds = Histogram(
    "tamis_check_seconds",
    "Time the module took for an event",
    ["server_name"],
    buckets=(25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 50e-3, 250e-3, 1.0),
)
_failures = Counter("tamis_failures", "Events that could not be checked, by what failed", ["server_name", "kind"])
_loads = Counter("tamis_policy_loads", "Policies loaded since the process started", ["server_name", "result"])
_policy = Gauge("tamis_policy_info", "1 for the policy in force", ["server_name", "policy", "engine"])


class Metrics:
    """The counters of one homeserver."""

    def __init__(self, server_name: str) -> None:
        self._server = server_name
        self._rules: set[str] = set()
        self._in_force: tuple[str, str] | None = None

    def decided(self, origin: str, verdict: Mapping[str, Any], outcome: str, seconds: float) -> None:
        """A verdict, and what was done about it."""
        _events.labels(self._server, origin, verdict["verdict"], outcome).inc()
        _seconds.labels(self._server).observe(seconds)
        for finding in verdict.get("findings") or []:
            _findings.labels(self._server, self._bounded(str(finding["rule"])), str(finding.get("action"))).inc()

    def failed(self, origin: str, kind: str, outcome: str) -> None:
        """No verdict."""
        _events.labels(self._server, origin, "error", outcome).inc()
        _failures.labels(self._server, kind).inc()

    def in_force(self, policy: str, engine: str) -> None:
        """A policy was loaded and is now the one that decides."""
        if self._in_force is not None:
            _policy.remove(self._server, *self._in_force)
        self._in_force = (policy, engine)
        _policy.labels(self._server, policy, engine).set(1)
        _loads.labels(self._server, "loaded").inc()

    def rejected(self) -> None:
        """A policy did not load; the one before it stays in force."""
        _loads.labels(self._server, "rejected").inc()

    def _bounded(self, rule: str) -> str:
        if rule not in self._rules and len(self._rules) >= _RULES:
            return "other"
        self._rules.add(rule)
        return rule
