"""The real module on the dearest messages that are known: all are answered, within half of the default fuel.

Fuel is a bound against a defect. Were it too tight, a flood in front of a marking would be a way past the filter.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from harness import built
from synapse_tamis import loader
from synapse_tamis.config import parse
from synapse_tamis.engine import Limits

ROOM = 60_000


@pytest.fixture(scope="module")
def loaded() -> loader.Filter:
    config = parse(built.config())
    return loader.load(replace(config, limits=replace(config.limits, fuel=Limits.fuel // 2)))


@pytest.mark.parametrize("piece", ["mdp=a!", "DR ", "[DR] ", "eyJ-", "password=", "DIFFUSION RESTREINTE ", "4111 "])
def test_a_flood_is_answered_within_half_of_the_fuel(loaded: loader.Filter, piece: str) -> None:
    body = piece * (ROOM // len(piece)) + "\nDIFFUSION RESTREINTE"
    event = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": body}}
    verdict = loaded.engine.check(event_id="$e", facts=None, event=json.dumps(event).encode())
    assert verdict["verdict"] == "block"
