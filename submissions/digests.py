"""The content digest of a part: equal digests mean equal work (DESIGN 5)."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from submissions.models import Evidence


def part_digest(
    edition_id: int, answers: Sequence[dict[str, str]], option: str, files: Iterable[Evidence]
) -> str:
    """SHA-256 over the edition, the texts, the option and the hashes of files and links."""
    evidence = sorted(
        (item.requirement_id, item.sha256 or item.url, item.activity_description) for item in files
    )
    content = [edition_id, list(answers), option, evidence]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
