"""Damaged files of every kind: each is cleaned, refused or held, within every limit (SAFETY T9).

``make fuzz`` tries 2,000 of each kind; the suite tries some. The seed is printed on a failure.
"""

import os
import sys

import pytest

from tests.fuzz.cell import tried
from tests.fuzz.families import FAMILIES, RECORDINGS
from tests.fuzz.inside import copies

COUNT = int(os.environ.get("FUZZ_FILES", "12"))
SEED = int(os.environ.get("FUZZ_SEED", "4711"))
FINE = {"clean", "refused", "held"}
MOST_MB = 400  # of which the program itself, its libraries and the tests take about 130


@pytest.mark.embedded
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_no_damaged_file_gets_out_of_hand(family, tmp_path):
    outcomes, slowest, largest = {}, 0.0, 0.0
    count = COUNT // 4 if family in RECORDINGS else COUNT  # each of those starts several programs
    for number, content in enumerate(copies(FAMILIES[family](), count, SEED)):
        outcome, seconds, peak = tried(content, tmp_path)
        slowest, largest = max(slowest, seconds), max(largest, peak)
        if outcome not in FINE:
            (tmp_path / f"{family}-{number}").write_bytes(content)
            pytest.fail(f"{family} {number} of seed {SEED}: {outcome}")
        outcomes[outcome] = outcomes.get(outcome, 0) + 1

    told = f"{family}: {outcomes}, slowest {slowest:.2f} s, largest {largest:.0f} MB"
    sys.stderr.write(f"\n{told}")  # seen with -s, as in ``make fuzz``
    assert sum(outcomes.values()) == count
    assert largest <= MOST_MB
