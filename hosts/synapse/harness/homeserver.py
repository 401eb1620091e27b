"""One Synapse process in a folder of its own: SQLite, loopback ports, and federation only where it is asked for.

The process gets its own session, and is stopped in every case: by `stop`, by the `with` statement, and by the kernel
when this process dies without a word (Linux: parent-death signal), so that no test run leaves a server behind.

    with Homeserver(folder, module_config={"policy": "…"}) as server:
        requests.get(server.url + "/_matrix/client/versions")
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import requests

from harness import certificates

PACKAGE: Final = Path(__file__).resolve().parent.parent
_START_SECONDS: Final = 90.0
_STOP_SECONDS: Final = 20.0
_UNLIMITED: Final = {"per_second": 10_000, "burst_count": 10_000}


class Homeserver:
    """A Synapse with the Tamis module (without, where `module_config` is None).

    `folder` keeps its database from one start to the next. `federated` servers find each other on loopback. `package`
    is the folder that has `synapse_tamis` in it.
    """

    def __init__(
        self,
        folder: Path,
        module_config: dict[str, Any] | None,
        *,
        federated: bool = False,
        package: Path = PACKAGE,
    ) -> None:
        self.folder = folder
        self.package = package
        self.federation_port = _free_port() if federated else None
        self.name = f"localhost:{self.federation_port}" if federated else "tamis.test"
        self.module_config = module_config
        self.database = folder / "homeserver.db"
        self.log = folder / "homeserver.log"
        self.audit_log = folder / "audit.log"
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Writes the configuration, starts the process and waits until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._port = _free_port()
        config = self._write_config()
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join([str(self.package), *filter(None, [environment.get("PYTHONPATH")])])
        with (self.folder / "console.log").open("ab") as console:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "synapse.app.homeserver", "--config-path", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                cwd=self.folder,
                env=environment,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        try:
            self._wait_until_it_answers(self._process)
        except BaseException:
            # Also Ctrl-C: the `with` statement has not begun, so nobody else would stop it.
            self.stop()
            raise

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if requests.get(self.url + "/health", timeout=2).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        raise RuntimeError(f"Synapse did not start. Its last words:\n{self.console()[-3000:]}")

    def stop(self) -> None:
        """Asks it to stop, and does not take no for an answer."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Homeserver:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def console(self) -> str:
        """What it said before its log was set up: a configuration that it refuses, for one."""
        return _text(self.folder / "console.log")

    def audit(self) -> list[dict[str, Any]]:
        """The audit lines, oldest first."""
        return [json.loads(line) for line in _text(self.audit_log).splitlines() if line.startswith("{")]

    def _write_config(self) -> Path:
        key = self.folder / "signing.key"
        if not key.exists():
            seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
            key.write_text(f"ed25519 a_test {seed}\n")
        log_config = self.folder / "log.yaml"
        log_config.write_text(json.dumps(self._log_config()))
        config: dict[str, Any] = {
            "server_name": self.name,
            "report_stats": False,
            "pid_file": str(self.folder / "homeserver.pid"),
            "signing_key_path": str(key),
            "media_store_path": str(self.folder / "media"),
            "database": {"name": "sqlite3", "args": {"database": str(self.database)}},
            "log_config": str(log_config),
            "listeners": [
                {
                    "port": self._port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "resources": [{"names": ["client", "metrics"]}],
                }
            ],
            "enable_metrics": True,
            "trusted_key_servers": [],
            "macaroon_secret_key": "only-for-loopback",
            "enable_registration": True,
            "enable_registration_without_verification": True,
            "rc_message": _UNLIMITED,
            "rc_registration": _UNLIMITED,
            "rc_login": {"address": _UNLIMITED, "account": _UNLIMITED},
            "modules": [],
        }
        if self.module_config is not None:
            config["modules"] = [{"module": "synapse_tamis.Tamis", "config": self.module_config}]
        if self.federation_port is not None:
            config |= self._federation(self.federation_port)
            config["listeners"].append(
                {
                    "port": self.federation_port,
                    "bind_addresses": ["127.0.0.1"],
                    "type": "http",
                    "tls": True,
                    "resources": [{"names": ["federation"]}],
                }
            )
        # JSON is YAML, and needs no library.
        path = self.folder / "homeserver.yaml"
        path.write_text(json.dumps(config, indent=2))
        return path

    def _federation(self, port: int) -> dict[str, Any]:
        certificate, key = self.folder / "tls.crt", self.folder / "tls.key"
        if not certificate.exists():
            certificates.write_self_signed(certificate, key)
        return {
            "tls_certificate_path": str(certificate),
            "tls_private_key_path": str(key),
            "federation_verify_certificates": False,
            "ip_range_blacklist": [],
            "public_baseurl": f"https://localhost:{port}/",
        }

    def _log_config(self) -> dict[str, Any]:
        def file(path: Path, formatter: str) -> dict[str, str]:
            return {"class": "logging.FileHandler", "filename": str(path), "formatter": formatter}

        return {
            "version": 1,
            "formatters": {
                "line": {"format": "%(asctime)s %(name)s %(levelname)s %(message)s"},
                "bare": {"format": "%(message)s"},
            },
            "handlers": {"log": file(self.log, "line"), "audit": file(self.audit_log, "bare")},
            "loggers": {"synapse_tamis.audit": {"level": "INFO", "handlers": ["audit"], "propagate": False}},
            "root": {"level": "INFO", "handlers": ["log"]},
            "disable_existing_loggers": False,
        }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _die_with_parent() -> None:
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
