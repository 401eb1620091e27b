"""The demo: a real Synapse, a real client, messages that must and must not pass, and a look into the database.

`cargo xtask demo` runs it; by hand, in an environment with `requirements-dev.txt` installed and after
`cargo xtask build`:

    python hosts/synapse/demo/run.py

Everything it makes is in `target/demo`, or in the empty folder that is named as its argument. It stops what it
started, also when it is interrupted. Exit status 0: all went as it should; 1: something did not, and the last lines say
what; 130, 143: interrupted.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.metadata
import secrets
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nio import AsyncClient, AsyncClientConfig, RegisterResponse, RoomCreateResponse, RoomPreset

from demo.samples import SAMPLES, Sample
from demo.screen import Table, heading, paint, paragraph, say
from harness import built, database
from harness.homeserver import Homeserver

_FOLDER: Final = built.CHECKOUT / "target" / "demo"
_ENCRYPTION: Final = {
    "type": "m.room.encryption",
    "state_key": "",
    "content": {"algorithm": "m.megolm.v1.aes-sha2"},
}


@dataclass
class Outcome:
    """What became of a sample."""

    sample: Sample
    text: str
    status: int
    body: dict[str, Any]
    audit: dict[str, Any]

    @property
    def expected(self) -> bool:
        """Whether it went as it should."""
        if self.sample.rule is None:
            return self.status == 200
        rules = self.body.get("org.tamis.rules", [])
        return self.status == 403 and any(str(rule).startswith(self.sample.rule) for rule in rules)


def main(arguments: list[str]) -> int:
    """The whole demo."""
    signal.signal(signal.SIGTERM, _terminated)
    folder = _empty_folder(arguments)
    module = built.module()
    digest = hashlib.sha256(module.read_bytes()).hexdigest()[:12]
    say(f"Synapse {importlib.metadata.version('matrix-synapse')} with the module tamis.wasm (sha256 {digest}…)")
    started = time.monotonic()
    with Homeserver(folder, built.config()) as server:
        say(f"listening on {server.url} after {time.monotonic() - started:.1f} s; its files are in {folder}")
        outcomes = asyncio.run(_send_all(server))
        _show_refusals(outcomes)
        stored_as_expected = _search(server, outcomes)
    say()
    say("Synapse is stopped.")
    wrong = [outcome for outcome in outcomes if not outcome.expected]
    for outcome in wrong:
        expected = f"refused by {outcome.sample.rule}" if outcome.sample.rule else "sent"
        say(paint(f"NOT AS EXPECTED: {outcome.sample.title} should have been {expected}", "red"))
    if wrong or not stored_as_expected:
        return 1
    refused = sum(outcome.status == 403 for outcome in outcomes)
    say(paint(f"{len(outcomes)} messages, {refused} refused, all as expected.", "green", "bold"))
    return 0


async def _send_all(server: Homeserver) -> list[Outcome]:
    client = AsyncClient(server.url, "demo", config=AsyncClientConfig(encryption_enabled=False))
    try:
        registered = await client.register("demo", secrets.token_urlsafe(16))
        if not isinstance(registered, RegisterResponse):
            raise RuntimeError(f"could not register: {registered}")
        rooms = {
            "public": await _room(client, RoomPreset.public_chat, []),
            "private": await _room(client, RoomPreset.private_chat, []),
            "encrypted": await _room(client, RoomPreset.private_chat, [_ENCRYPTION]),
        }
        heading("What is sent, and what becomes of it")
        table = Table([("room", 9), ("message", 36), ("verdict", 7), ("HTTP", 15), ("check", 8), ("rules", 24)])
        outcomes: list[Outcome] = []
        for sample in SAMPLES:
            edited = outcomes[-1].body.get("event_id") if sample.edits_the_one_before else None
            outcome = await _send(client, server, rooms[sample.room], sample, edited)
            outcomes.append(outcome)
            _show(table, outcome)
        return outcomes
    finally:
        await client.close()


async def _room(client: AsyncClient, preset: RoomPreset, state: list[dict[str, Any]]) -> str:
    created = await client.room_create(preset=preset, initial_state=state)
    if not isinstance(created, RoomCreateResponse):
        raise RuntimeError(f"could not create a room: {created}")
    return str(created.room_id)


async def _send(client: AsyncClient, server: Homeserver, room: str, sample: Sample, edited: str | None) -> Outcome:
    content = sample.content(secrets.token_hex(6))
    if edited is not None:
        content["m.relates_to"] = {"rel_type": "m.replace", "event_id": edited}
    reply = await client.room_send(room, "m.room.message", content)
    response = reply.transport_response
    text = str(content.get("m.new_content", content)["body"])
    return Outcome(sample, text, response.status, await response.json(), server.audit()[-1])


def _show(table: Table, outcome: Outcome) -> None:
    verdict = str(outcome.audit["verdict"])
    status = f"{outcome.status} {outcome.body.get('errcode', '')}".rstrip()
    took = outcome.audit.get("took_us")
    colour = "red" if outcome.status != 200 else "green"
    mark = "" if outcome.expected else paint("  <- not as expected", "red", "bold")
    table.row(
        [
            outcome.sample.room,
            outcome.sample.title,
            verdict,
            status,
            "-" if took is None else f"{took} µs",
            ", ".join(outcome.audit.get("rules", [])) + mark,
        ],
        ["dim", "", colour, colour],
    )


def _show_refusals(outcomes: list[Outcome]) -> None:
    heading("What the senders of the refused messages are told")
    for outcome in outcomes:
        if outcome.status == 200:
            continue
        reference = outcome.body.get("org.tamis.reference") or "no reference"
        say(f"  {paint(outcome.sample.title, 'yellow')} [{reference}]")
        paragraph(str(outcome.body.get("error")))


def _search(server: Homeserver, outcomes: list[Outcome]) -> bool:
    count = len(database.tables(server.database))
    heading(f"Every column of the database's {count} tables, and its files byte by byte, searched for each text")
    # The longest line: an edit's, a key's or a banner's first line would be the same in other messages.
    lines = {outcome.text: max(outcome.text.split("\n"), key=len) for outcome in outcomes}
    found = database.search(server.database, lines.values())
    right = True
    for outcome in outcomes:
        places = found[lines[outcome.text]]
        as_expected = bool(places) == (outcome.status == 200)
        right &= as_expected
        where = f"in {', '.join(places)}" if places else "nowhere"
        said = "refused" if outcome.status != 200 else "sent"
        say(f"  {said:<8}{outcome.sample.title:<37} {paint(where, 'green' if as_expected else 'red')}")
    if right:
        say(paint("  No refused text is in the database. Every text that was sent is: the search works.", "green"))
    else:
        say(paint("  NOT AS EXPECTED: see above.", "red", "bold"))
    return right


def _empty_folder(arguments: list[str]) -> Path:
    if not arguments:
        # Ours, with nothing in it but what an earlier run left.
        shutil.rmtree(_FOLDER, ignore_errors=True)
        return _FOLDER
    folder = Path(arguments[0]).resolve()
    if folder.exists() and any(folder.iterdir()):
        raise RuntimeError(f"{folder} is not empty; name a folder that is, or none at all")
    return folder


_TERMINATED = 143
_signals: list[int] = []


def _terminated(number: int, _frame: FrameType | None) -> NoReturn:
    # As an exception, so that the `with` statement stops Synapse; and kept, for what is raised while a library's
    # finaliser happens to run is swallowed by Python.
    _signals.append(number)
    raise SystemExit(_TERMINATED)


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
        sys.exit(_TERMINATED if _signals else status)
    except KeyboardInterrupt:
        say("Interrupted; Synapse is stopped.")
        sys.exit(130)
    except (FileNotFoundError, RuntimeError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        sys.exit(1)
