"""The Synapse module: what it registers, and how a verdict becomes Synapse's answer.

One callback, `check_event_for_spam`: Synapse calls it before it stores an event, for what its own users send and
for what other servers send it. The answers are few, and the difference between the last two is the point of this file:

- the event passes: `NOT_SPAM`;
- the policy stops it: `(Codes.FORBIDDEN, fields)`. A local sender gets 403 with our text; of a federated event only the
  pruned form is kept, for good;
- there is no verdict: an exception. A local sender gets 503 and may try again; a federated event is not stored and
  is asked for again later. A refusal code here would prune every event of the federation while the module is broken.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

from synapse.module_api import NOT_SPAM, EventBase, ModuleApi
from synapse.module_api.errors import Codes, ConfigError, SynapseError
from twisted.internet.defer import CancelledError

from synapse_tamis import refusal
from synapse_tamis.audit import Audit, Subject
from synapse_tamis.config import Config, parse
from synapse_tamis.engine import ModuleFailure
from synapse_tamis.event_json import encode
from synapse_tamis.loader import Filter, Unloadable, load
from synapse_tamis.metrics import Metrics
from synapse_tamis.rooms import Rooms

logger: Final = logging.getLogger("synapse_tamis")

_VERDICTS: Final = ("allow", "flag", "warn", "redact", "block", "error")

Answer = str | tuple[Codes, dict[str, Any]]


class Tamis:
    """What stands in `homeserver.yaml` as `module: synapse_tamis.Tamis`."""

    @staticmethod
    def parse_config(config: Any) -> tuple[Config, Filter]:
        """Checks the configuration and loads module and policy: a server does not start without them."""
        checked = parse(config)
        try:
            return checked, load(checked)
        except Unloadable as error:
            raise ConfigError(error.reason, (error.key,)) from None

    def __init__(self, config: tuple[Config, Filter], api: ModuleApi) -> None:
        self._config, self._filter = config
        self._api = api
        self._rooms = Rooms(api, self._filter.engine)
        self._audit = Audit(everything=self._config.audit == "all", sender=self._config.audit_sender)
        self._metrics = Metrics(api.server_name)
        self._now_in_force()
        self._rejected: str | None = None
        api.register_spam_checker_callbacks(check_event_for_spam=self.check_event_for_spam)
        if self._config.reload_seconds > 0:
            api.looping_background_call(
                self.reload,
                self._config.reload_seconds * 1000,
                desc="tamis_reload",
                run_on_all_instances=True,
            )

    async def check_event_for_spam(self, event: EventBase) -> Answer:
        """Synapse asks before it stores an event."""
        subject = Subject(
            event_id=event.event_id,
            room_id=event.room_id,
            sender=event.sender,
            local=self._api.is_mine(event.sender),
            state=event.is_state(),
        )
        try:
            verdict, seconds = await self._verdict(subject, event)
        except CancelledError:
            raise
        except ModuleFailure as failure:
            logger.error("No verdict on %s: %s", subject.event_id, failure)
            return self._no_verdict(subject, failure.kind)
        except Exception as error:
            # Where, and which exception: its text may quote the event.
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(
                "No verdict on %s: %s at %s:%s",
                subject.event_id,
                type(error).__name__,
                place.filename,
                place.lineno,
            )
            return self._no_verdict(subject, "host")
        return self._answer(subject, verdict, seconds)

    async def reload(self) -> None:
        """Looks whether policy or module changed on disk, and puts what is there in force if it loads."""
        newer = await self._api.defer_to_thread(self._load_if_changed)
        if newer is None:
            return
        if isinstance(newer, Unloadable):
            # Said once for each state of the files, not at every look.
            if newer.reason != self._rejected:
                self._rejected = newer.reason
                self._metrics.rejected()
                logger.error("%s\nThe policy %s stays in force.", newer.reason, self._filter.policy.policy)
            return
        self._rejected = None
        before, self._filter, self._rooms = self._filter, newer, Rooms(self._api, newer.engine)
        if newer.policy.policy != before.policy.policy or newer.module_digest != before.module_digest:
            self._now_in_force()

    def _load_if_changed(self) -> Filter | Unloadable | None:
        if not self._filter.changed():
            return None
        try:
            return load(self._config, self._filter)
        except Unloadable as error:
            return error

    def _now_in_force(self) -> None:
        policy = self._filter.policy
        logger.info("Policy %s in force: %s rules, engine %s", policy.policy, policy.rules, policy.engine)
        for warning in policy.warnings:
            logger.warning("%s", warning)
        self._metrics.in_force(policy.policy, policy.engine)

    async def _verdict(self, subject: Subject, event: EventBase) -> tuple[Mapping[str, Any], float]:
        # Both at once, before anything is awaited: a reload in between must not mix one engine's facts with
        # another's check.
        engine, rooms = self._filter.engine, self._rooms
        facts = await rooms.facts(subject.room_id)
        started = perf_counter()
        verdict = engine.check(event_id=subject.event_id, facts=facts, event=encode(event.get_dict()))
        seconds = perf_counter() - started
        _examine(verdict)
        return verdict, seconds

    def _answer(self, subject: Subject, verdict: Mapping[str, Any], seconds: float) -> Answer:
        stopped = verdict["verdict"] in ("block", "redact", "error")
        spared = not subject.local and subject.state and self._config.federated_state == "audit"
        outcome = "refused" if stopped and not spared else "passed"
        self._audit.decided(subject, verdict, outcome, round(seconds * 1e6))
        self._metrics.decided(subject.origin, verdict, outcome, seconds)
        if outcome == "passed":
            return NOT_SPAM
        fields = refusal.unreadable if verdict["verdict"] == "error" else refusal.refused
        return Codes.FORBIDDEN, fields(verdict, self._config.language)

    def _no_verdict(self, subject: Subject, kind: str) -> Answer:
        outcome = "passed" if self._config.on_failure == "allow" else "deferred"
        self._audit.failed(subject, kind, outcome)
        self._metrics.failed(subject.origin, kind, outcome)
        if outcome == "deferred":
            text = refusal.unavailable_text(self._config.language)
            raise SynapseError(503, text, Codes.UNKNOWN, refusal.unavailable())
        return NOT_SPAM


def _examine(verdict: Mapping[str, Any]) -> None:
    """What the rest of this package takes for granted in a verdict."""
    word, error, findings = verdict.get("verdict"), verdict.get("error"), verdict.get("findings")
    if word not in _VERDICTS or word == "error":
        permanent = isinstance(error, Mapping) and error.get("permanent") is True
        if word != "error" or not permanent:
            code = error.get("code") if isinstance(error, Mapping) else "no verdict"
            raise ModuleFailure("error-reply", f"tamis_check: {code}")
    if findings is not None and not (
        isinstance(findings, list)
        and all(isinstance(finding, Mapping) and isinstance(finding.get("rule"), str) for finding in findings)
    ):
        raise ModuleFailure("bad-reply", "tamis_check: findings of another shape")
