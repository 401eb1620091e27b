"""The demo does what it says, and leaves no server behind, however it ends."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

DEMO = Path(__file__).resolve().parent.parent / "demo" / "run.py"


@contextmanager
def demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(DEMO), str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_everything_goes_as_it_should(tmp_path: Path) -> None:
    with demo(tmp_path / "demo") as process:
        printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed
    assert "all as expected" in printed
    assert "\x1b[" not in printed


@pytest.mark.parametrize(
    ("moment", "sent", "status"),
    [("listening on", signal.SIGTERM, 143), ("a clean message", signal.SIGINT, 130)],
)
def test_an_interrupted_demo_stops_synapse(tmp_path: Path, moment: str, sent: signal.Signals, status: int) -> None:
    with demo(tmp_path / "demo") as process:
        assert process.stdout is not None
        printed = ""
        for line in process.stdout:
            printed += line
            if moment in line:
                break
        process.send_signal(sent)
        process.communicate(timeout=60)
    assert process.returncode == status, printed
    check_stopped(printed)


def test_a_demo_that_is_killed_takes_synapse_with_it(tmp_path: Path) -> None:
    with demo(tmp_path / "demo") as process:
        assert process.stdout is not None
        printed = process.stdout.readline() + process.stdout.readline()
        process.kill()
        process.communicate(timeout=60)
    check_stopped(printed)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("the only copy")
    with demo(tmp_path) as process:
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "is not empty" in printed
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def check_stopped(printed: str) -> None:
    url = re.search(r"http://\S+", printed)
    assert url is not None
    with pytest.raises(requests.ConnectionError):
        requests.get(url[0], timeout=5)
