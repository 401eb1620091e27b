"""What the demo prints: colour on a terminal, plain text in a pipe."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Final

_COLOURED: Final = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


def paint(text: str, *styles: str) -> str:
    """The text in these styles, where there is colour."""
    if not _COLOURED or not styles:
        return text
    return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """A line, at once: somebody may be watching through a pipe."""
    print(text, flush=True)


def heading(text: str) -> None:
    """A line that begins a part."""
    say()
    say(paint(text, "bold"))


def paragraph(text: str) -> None:
    """Running text, indented, in lines that fit."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    say(textwrap.fill(text, width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False))


class Table:
    """Columns of fixed widths, so that a row can be printed as soon as it is known."""

    def __init__(self, columns: Sequence[tuple[str, int]]) -> None:
        self._columns = columns
        self.row([name for name, _ in columns], ["dim"] * len(columns))

    def row(self, cells: Sequence[str], styles: Sequence[str] = ()) -> None:
        """Cells that are too long push the rest of their row aside; they are not cut."""
        styles = [*styles, *[""] * len(cells)]
        padded = [
            paint(cell.ljust(width), *filter(None, [style]))
            for cell, (_, width), style in zip(cells, self._columns, styles, strict=False)
        ]
        say("  " + "  ".join(padded).rstrip())
