#!/usr/bin/env -S python3 -W ignore
"""Judge one Open Badges 2.0 assertion with the official 1EdTech validator-core, offline.

    ob2check.py BASE_URL ASSERTION_URL [--email WHO] [--png FILE_OR_URL]
                [--map PUBLIC=LOOPBACK] [--context URL=FILE] [--official-only] [--json OUT] [-q]

Run it with the Python of `.obvenv` (see README.md). No request leaves this machine. Lines:
[official] the validator's own messages; [spec] rules of the specification that validator 1.1.2
does not look at; [baked] the image; [net] what was fetched.
Exit status 0 PASS, 1 FAIL, 2 usage.
"""

import argparse
import io
import json
import logging
import sys
from pathlib import Path
from urllib.parse import urlsplit

from baked import check_baked
from official import official
from offline import LOOPBACK, Fetch, Offline
from report import ANY_IMAGE, ERROR, WARNING, Hosted, Report
from spec import check_spec


def options() -> argparse.ArgumentParser:
    """What may be asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base")
    parser.add_argument("assertion")
    parser.add_argument("--email")
    parser.add_argument("--png")
    parser.add_argument("--json")
    parser.add_argument("--map", action="append", default=[], metavar="PUBLIC=LOOPBACK")
    parser.add_argument("--context", action="append", default=[], metavar="URL=FILE")
    parser.add_argument("--official-only", action="store_true")
    parser.add_argument("-q", "--quiet", action="store_true")
    return parser


def pairs(texts: list[str]) -> dict[str, str]:
    """``A=B`` options as a mapping."""
    return {left.rstrip("/"): right.rstrip("/") for left, right in (t.split("=", 1) for t in texts)}


def arguments(given: list[str] | None) -> argparse.Namespace:
    """The command line, whole and sensible; else the program ends with status 2."""
    parser = options()
    asked = parser.parse_args(given)
    asked.maps = pairs(asked.map)
    base = asked.base.rstrip("/")
    if urlsplit(base).hostname not in LOOPBACK and not any(map(base.startswith, asked.maps)):
        parser.error("BASE_URL must be loopback, or be covered by --map")
    if asked.assertion.startswith("/"):
        asked.assertion = base + asked.assertion
    if not asked.assertion.startswith(f"{base}/"):
        parser.error("ASSERTION_URL is not under BASE_URL")
    return asked


def examine(asked: argparse.Namespace) -> Report:
    """Hear every voice on one assertion."""
    report = Report()
    address, email = asked.assertion, asked.email
    official(report, "official", address, "official validator on the URL", email)
    if not asked.official_only:
        own = check_spec(report, address, email)
        if own is not None:
            check_baked(report, own, "Assertion.image", address)
    if asked.png:
        examine_file(report, asked)
    return report


def examine_file(report: Report, asked: argparse.Namespace) -> None:
    """Hear every voice on the baked file as well."""
    data = content_of(report, asked.png)
    if "Assertion" not in report.hosted:
        remember(report, asked.assertion)
    check_baked(report, data, asked.png, asked.assertion)
    file = io.BytesIO(data)
    file.name = asked.png
    official(report, "baked", file, f"official validator on {asked.png}", asked.email)


def content_of(report: Report, source: str) -> bytes:
    """The bytes of a file or address; none where it can't be had."""
    if not source.startswith("http"):
        return Path(source).read_bytes()
    response = report.get(source, ANY_IMAGE)
    return response.content if response is not None and response.ok else b""


def remember(report: Report, address: str) -> None:
    """Note the hosted document, to compare a baked one with it."""
    response = report.get(address)
    if response is None:
        return
    try:
        report.hosted["Assertion"] = Hosted(response.json(), response)
    except ValueError:
        report.say("spec", WARNING, f"{address} is not JSON")


def show(report: Report, fetched: list[Fetch], asked: argparse.Namespace) -> None:
    """Print the report; its last line is the verdict."""
    grave = [m for m in report.messages if m.level == ERROR or not asked.quiet]
    seen = [] if asked.quiet else list(dict.fromkeys(fetched))
    verdict = "PASS" if report.passes else "FAIL"
    counts = f"{report.count(ERROR)} errors, {report.count(WARNING)} warnings"
    lines = [
        *(f"[{m.voice}] {m.level:<7} {m.text}" for m in grave),
        *(f"[net] {fetch.status:>3} {fetch.how:<8} {fetch.url}" for fetch in seen),
        f"{verdict} {asked.assertion} ({counts}, {len(fetched)} requests)",
    ]
    sys.stdout.write("\n".join([*lines, ""]))


def main(given: list[str] | None = None) -> int:
    """Examine, print, and say by the exit status whether the badge passes."""
    logging.disable(logging.CRITICAL)
    asked = arguments(given)
    files = {url: Path(name).read_text("utf-8") for url, name in pairs(asked.context).items()}
    network = Offline(asked.maps, files)
    report = examine(asked)
    show(report, network.log, asked)
    if asked.json:
        content = {"pass": report.passes, "messages": report.messages, "requests": network.log}
        Path(asked.json).write_text(json.dumps(content, indent=1), "utf-8")
    return 0 if report.passes else 1


if __name__ == "__main__":
    sys.exit(main())
