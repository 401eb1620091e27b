"""What the demo sends, where, and what must become of it.

The secrets are put together from parts when the demo runs: whole, they would set off every scanner that reads this
repository. None was ever live. `nonce` is a mark that makes each text unique, so that the search of the database
knows one from another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

Content = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One message. `rule` is the rule that must stop it; None: it must be sent."""

    title: str
    room: str
    content: Callable[[str], Content]
    rule: str | None = None
    edits_the_one_before: bool = False


def _text(text: str) -> Callable[[str], Content]:
    return lambda nonce: {"msgtype": "m.text", "body": text.replace("NONCE", nonce)}


def _file(name: str) -> Callable[[str], Content]:
    def content(nonce: str) -> Content:
        filename = name.replace("NONCE", nonce)
        return {"msgtype": "m.file", "body": filename, "filename": filename, "url": "mxc://tamis.test/" + "a" * 24}

    return content


def _edit(text: str) -> Callable[[str], Content]:
    return lambda nonce: {
        "msgtype": "m.text",
        "body": "* (modifié)",
        "m.new_content": {"msgtype": "m.text", "body": text.replace("NONCE", nonce)},
    }


_MARKED: Final = "DIFFUSION RESTREINTE\nNote NONCE : plan d'accès au bâtiment C"
_IBAN: Final = " ".join(["FR76", "3000", "6000", "0112", "3456", "7890", "189"])
_CARD: Final = " ".join(["4970", "1000", "0000", "0014"])
_NIR: Final = "1 85 05 78 006 084 "
_PASSWORD: Final = "".join(["Prefec", "ture", "2026!"])
_AWS: Final = "".join(["AK", "IA", "TAMIS2", "SAMPLE3KEY"])
_AWS_OF_THE_DOCUMENTATION: Final = "".join(["AK", "IA", "IOSFODNN7", "EXAMPLE"])
_PEM: Final = "\n".join(
    [
        "-----BEGIN " + "PRIVATE KEY-----",
        "MC4CAQAwBQYDK2VwBCIEI" + "Ow3Yx0n0t4r3alk3y5s9eJk0c2V0b2ZkZW1vMTIz",
        "-----END " + "PRIVATE KEY-----",
    ]
)

SAMPLES: Final = (
    Sample("a clean message", "public", _text("Bonjour à tous, réunion à 14 h en salle 3 (NONCE)")),
    Sample("an edit that brings a marking in", "public", _edit(_MARKED), "fr.diffusion-restreinte", True),
    Sample("Diffusion Restreinte", "public", _text(_MARKED), "fr.diffusion-restreinte"),
    Sample("… the same in a private room", "private", _text(_MARKED)),
    Sample("… in clear in an encrypted one", "encrypted", _text(_MARKED)),
    Sample(
        "Diffusion Restreinte, a file's name",
        "public",
        _file("Diffusion_Restreinte-plan_NONCE.pdf"),
        "fr.diffusion-restreinte",
    ),
    Sample("the words in prose", "public", _text("la diffusion restreinte du film a déçu les fans (NONCE)")),
    Sample("NATO SECRET", "public", _text("NATO SECRET\nAnnex NONCE: movement table"), "nato."),
    Sample("an IBAN", "public", _text(f"mon RIB pour le virement NONCE : {_IBAN}"), "bank.iban"),
    Sample("a payment card", "public", _text(f"carte du service NONCE : {_CARD}"), "bank.card"),
    Sample("a social security number", "public", _text(f"dossier NONCE, NIR {_NIR}91"), "fr.nir"),
    Sample("… with a wrong check digit", "public", _text(f"dossier NONCE, NIR {_NIR}92")),
    Sample("a password", "public", _text(f"réf. NONCE mdp : {_PASSWORD}"), "secret.password-assignment"),
    Sample("an AWS key id", "public", _text(f"déploiement NONCE avec {_AWS}"), "secret.aws-key-id"),
    Sample("… the one of AWS's documentation", "public", _text(f"exemple NONCE : {_AWS_OF_THE_DOCUMENTATION}")),
    Sample("a private key", "public", _text(f"clé NONCE\n{_PEM}"), "secret.private-key"),
)
