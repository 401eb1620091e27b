"""What a sender's client is told: the body of a 403, or of a 503 where the filter could not answer.

The keys are a contract, described in docs/synapse.md; clients and help desks rely on them. Synapse lays the fields over
its own error body, so `error` here replaces « rejected as probable spam ». No field contains text of the event: the
messages come from the policy, the rest from the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_PREFIX: Final = "org.tamis."

# Used where the policy has no text of its own: an event that cannot be read has met no rule, and a filter that cannot
# answer has no policy to ask.
_BLOCKED: Final = {
    "fr": "Message refusé : son contenu ne peut pas être publié dans ce salon.",
    "en": "Message refused: its content may not be published in this room.",
}
_UNREADABLE: Final = {
    "fr": "Message refusé : il est mal formé et n’a pas pu être vérifié. Il n’a pas été enregistré.",
    "en": "Message refused: it is malformed and could not be checked. It was not stored.",
}
_UNAVAILABLE: Final = {
    "fr": "La vérification des messages est momentanément indisponible. Le message n’a pas été envoyé ; réessayez.",
    "en": "Messages cannot be checked at the moment. The message was not sent; try again.",
}


def refused(verdict: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The fields for an event that the policy stops."""
    message = verdict.get("message")
    texts = {str(key): str(text) for key, text in message.items()} if isinstance(message, Mapping) else {}
    return {
        "error": in_language(texts or _BLOCKED, language),
        _PREFIX + "verdict": verdict["verdict"],
        _PREFIX + "rules": stopping_rules(verdict),
        _PREFIX + "reference": verdict.get("reference"),
        _PREFIX + "policy": verdict.get("policy"),
        _PREFIX + "messages": texts or _BLOCKED,
    }


def unreadable(verdict: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The fields for an event that cannot be read, and never will be."""
    error = verdict.get("error")
    return {
        "error": in_language(_UNREADABLE, language),
        _PREFIX + "verdict": "error",
        _PREFIX + "code": str(error.get("code")) if isinstance(error, Mapping) else "malformed-event",
        _PREFIX + "rules": [],
        _PREFIX + "reference": verdict.get("reference"),
        _PREFIX + "policy": verdict.get("policy"),
        _PREFIX + "messages": _UNREADABLE,
    }


def unavailable() -> dict[str, Any]:
    """The extra fields of a 503: a client may try again as it is."""
    return {_PREFIX + "verdict": "error", _PREFIX + "code": "unavailable", _PREFIX + "messages": _UNAVAILABLE}


def unavailable_text(language: str) -> str:
    """The `error` of a 503."""
    return in_language(_UNAVAILABLE, language)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The language asked for, else English, else any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


def stopping_rules(verdict: Mapping[str, Any]) -> list[str]:
    """The ids of the rules that stopped the event, each once, in the order of the findings."""
    findings = verdict.get("findings") or []
    return list(dict.fromkeys(str(f["rule"]) for f in findings if f.get("action") in ("block", "redact")))
