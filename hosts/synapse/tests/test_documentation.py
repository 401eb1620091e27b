"""The operator's page names every key, field, metric and failure that there is, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from synapse_tamis import config, metrics, refusal

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "synapse.md").read_text("utf-8")
SOURCE = "\n".join(path.read_text("utf-8") for path in Path(config.__file__).parent.glob("*.py"))


def rows(heading: str) -> list[str]:
    """The first cells of the first table under a heading."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


def test_every_key_of_the_configuration() -> None:
    assert sorted(rows("Configuration")) == sorted(config._KEYS)


def test_every_field_of_a_refusal() -> None:
    verdict = {"verdict": "block", "message": {"fr": "refusé"}, "error": {"code": "malformed-event"}}
    fields = {*refusal.refused(verdict, "fr"), *refusal.unreadable(verdict, "fr"), *refusal.unavailable()}
    assert sorted(rows("What is refused, and how it reads")) == sorted({*fields, "errcode"})


def test_every_metric() -> None:
    families = (value for value in vars(metrics).values() if hasattr(value, "describe"))
    known = {
        family._name + ("_total" if family._type == "counter" else "")
        for family in families
        if hasattr(family, "_name")
    }
    assert sorted(rows("Metrics")) == sorted(known)


def test_every_kind_of_failure() -> None:
    raised = set(re.findall(r'ModuleFailure\(\s*"([a-z-]+)"', SOURCE)) | set(
        re.findall(r'_no_verdict\(subject, "(.*)"', SOURCE)
    )
    [documented] = re.findall(r"events without a verdict: (.*) \|", PAGE)
    assert set(re.findall(r"`([a-z-]+)`", documented)) == raised
