"""Looks for a text in every table and every column of a Synapse's SQLite database, and in the files beside it.

« Before it is stored » is only shown by looking everywhere: the event's JSON, the full-text index, statistics, staging
tables, whatever the next version adds. A text may stand there raw, or as JSON escapes, which SQL cannot compare; so
every value is read and looked at in both forms. The write-ahead log and the pages that SQLite freed are searched as
bytes: a text that was stored and deleted again counts as stored.

    search(server.database, ["the text"])["the text"] == []        # nowhere
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path


def search(database: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """For each text the places (`table.column`, or the name of a file) where it stands."""
    wanted = {text: _forms(text) for text in texts}
    found: dict[str, set[str]] = {text: set() for text in wanted}
    for place, value in _values(database):
        for text, forms in wanted.items():
            if any(form in value for form in forms):
                found[text].add(place)
    for file in sorted(database.parent.glob(database.name + "*")):
        content = file.read_bytes().lower()
        for text, forms in wanted.items():
            if any(form in content for form in forms):
                found[text].add(file.name)
    return {text: sorted(places) for text, places in found.items()}


def tables(database: Path) -> list[str]:
    """The names of all tables, those of the full-text index included."""
    with closing(_open(database)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _values(database: Path) -> Iterable[tuple[str, bytes]]:
    with closing(_open(database)) as connection:
        connection.text_factory = bytes
        for table in tables(database):
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes):
                        yield f"{table}.{column}", value.lower()


def _open(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def _forms(text: str) -> set[bytes]:
    # Lower-cased on both sides, for the index may fold case. Escaped: as JSON with and without \u.
    escaped = (json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    return {form.encode().lower() for form in (text, *escaped)}
