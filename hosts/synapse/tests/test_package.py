"""What pip installs is whole: the module and the packs are in it, and nothing has to be configured."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from harness import built
from harness.client import Client
from harness.homeserver import PACKAGE, Homeserver


def test_an_installed_package_needs_no_configuration(tmp_path: Path) -> None:
    # A copy: setuptools would leave its traces in the checkout, and pick them up the next time.
    source = tmp_path / "source"
    shutil.copytree(PACKAGE / "synapse_tamis", source / "synapse_tamis", ignore=shutil.ignore_patterns("data"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(PACKAGE / name, source)
    shutil.copytree(built.packs(), source / "synapse_tamis" / "data" / "policies")
    shutil.copy(built.module(), source / "synapse_tamis" / "data" / "tamis.wasm")
    installed = tmp_path / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(installed), str(source)],
        check=True,
    )
    assert (installed / "synapse_tamis" / "py.typed").exists()
    with Homeserver(tmp_path / "hs", {}, package=installed) as server:
        alice = Client(server.url, "alice")
        public = alice.create_room("public_chat")
        assert alice.say(public, "DIFFUSION RESTREINTE\nNote : plan du bâtiment")[0] == 403
        assert alice.say(public, "Bonjour")[0] == 200
