"""The homeserver that most tests share, and the texts they send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness import built
from harness.client import Client
from harness.homeserver import Homeserver


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    """A Synapse with the module and the policy that are built in."""
    with Homeserver(tmp_path_factory.mktemp("synapse"), built.config()) as homeserver:
        yield homeserver


@pytest.fixture(scope="session")
def alice(server: Homeserver) -> Client:
    """A user of the shared server."""
    return Client(server.url, "alice")
