"""Two real Synapses: what a server without the filter sends is not stored by the one that has it.

And the other way round, the difference that matters most: a module that fails refuses nothing for good. What could not
be checked is asked for again, and is there once the module answers.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import built, database
from harness.client import Client
from harness.homeserver import Homeserver
from tests.scripted import scripted
from tests.waiting import eventually


@dataclass
class Pair:
    """Alice's server has no filter, Bob's has one; both are in Alice's public room."""

    alice: Client
    room: str
    filtering: Homeserver
    module: Path

    def says(self, text: str) -> None:
        status, body = self.alice.say(self.room, text)
        assert status == 200, body

    def stored(self, text: str) -> bool:
        return bool(database.search(self.filtering.database, [text])[text])

    def outcomes(self, origin: str = "federated") -> list[str]:
        return [line["outcome"] for line in self.filtering.audit() if line["origin"] == origin and not line["state"]]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    module = folder / "tamis.wasm"
    shutil.copy(built.module(), module)
    config = built.config(module=str(module), reload_seconds=0.2)
    with (
        Homeserver(folder / "without", None, federated=True) as without,
        Homeserver(folder / "with", config, federated=True) as filtering,
    ):
        alice = Client(without.url, "alice")
        bob = Client(filtering.url, "bob")
        room = alice.create_room("public_chat")
        status, body = bob.join(room, without.name)
        assert status == 200, body
        yield Pair(alice, room, filtering, module)


def unique() -> str:
    return f"note {secrets.token_hex(8)}"


def test_a_marked_message_of_another_server_is_not_stored_and_the_next_one_is(pair: Pair) -> None:
    marked, clean = unique(), unique()
    pair.says(f"DIFFUSION RESTREINTE\n{marked}")
    pair.says(clean)
    eventually(lambda: pair.stored(clean))
    assert not pair.stored(marked)
    assert pair.outcomes()[-2:] == ["refused", "passed"]


def test_a_marked_topic_of_another_server_is_noted_and_kept(pair: Pair) -> None:
    marked = unique()
    status, _ = pair.alice.state(pair.room, "m.room.topic", {"topic": f"DIFFUSION RESTREINTE\n{marked}"})
    assert status == 200
    eventually(lambda: pair.stored(marked))
    [line] = [line for line in pair.filtering.audit() if line["verdict"] == "block" and line["state"]]
    assert line["outcome"] == "passed"


def test_what_a_broken_module_could_not_check_is_there_once_it_answers(pair: Pair) -> None:
    unchecked, later = unique(), unique()
    broken = pair.module.with_name("broken.wasm")
    broken.write_bytes(scripted(check="unreachable"))
    policies = pair.filtering.log.read_text().count("in force")
    broken.replace(pair.module)
    eventually(lambda: pair.filtering.log.read_text().count("in force") > policies)
    pair.says(unchecked)
    eventually(lambda: "deferred" in pair.outcomes())
    assert not pair.stored(unchecked)

    mended = pair.module.with_name("mended.wasm")
    shutil.copy(built.module(), mended)
    mended.replace(pair.module)
    eventually(lambda: pair.filtering.log.read_text().count("in force") > policies + 1)
    pair.says(later)
    eventually(lambda: pair.stored(later))
    eventually(lambda: pair.stored(unchecked))
