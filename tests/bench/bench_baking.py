"""Baking a badge beside copying its picture and beside the official baker; then the whole queue.

    python tests/bench/bench_baking.py

The official baker (openbadges_bakery) lives in ``.obvenv``; there both are timed by one process.
"""

import json
import subprocess
import zlib

from measuring import ROOT, fastest, goal, line, portal, seconds

BADGES = 2000
OFFICIAL = ROOT / ".obvenv" / "bin" / "python"
BESIDE = """
import io, json, sys, time
sys.path.insert(0, sys.argv[1])
from badges import baking
from openbadges_bakery import bake, unbake
png, text = open(sys.argv[2], "rb").read(), open(sys.argv[3]).read()

def theirs():
    return bake(io.BytesIO(png), text, io.BytesIO()).getvalue()

def fastest(work):
    best = 1.0
    for _time in range(3000):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best * 1000

ours = baking.bake(png, text)
read = unbake(io.BytesIO(ours))
print(json.dumps({"theirs": fastest(theirs), "ours": fastest(lambda: baking.bake(png, text)),
                  "is_read": json.loads(read) == json.loads(text)}))
"""


def one_badge(folder):
    """The picture of one badge, its document, and both as files."""
    from badges import openbadges, pictures
    from badges.models import Assertion

    badge = Assertion.objects.with_class().order_by("pk").first()
    png = pictures.of_class(badge.badge_class)
    text = openbadges.as_text(openbadges.assertion(badge))
    (folder / "badge.png").write_bytes(png)
    (folder / "badge.json").write_text(text)
    return png, text


def copied(png):
    """Nothing but a copy and one look at every byte: no baker that checks can be quicker."""
    return zlib.crc32(png), bytes(bytearray(png))


def beside_the_official(folder):
    """Both bakers, timed by one process of the official validator's environment."""
    script = folder / "beside.py"
    script.write_text(BESIDE)
    files = [folder / "badge.png", folder / "badge.json"]
    command = [OFFICIAL, script, ROOT, *files]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    return json.loads(done.stdout)


def others_unchanged(png, text):
    """Whether every other chunk is byte for byte what it was."""
    from badges import baking

    def chunks(picture):
        return [picture[a:b] for kind, a, b in baking.chunks(picture) if kind != b"iTXt"]

    return chunks(png) == chunks(baking.bake(png, text))


def one_by_one(folder):
    """One badge at a time."""
    from badges import baking

    png, text = one_badge(folder)
    ours, copy = fastest(lambda: baking.bake(png, text), lambda: copied(png), times=200)
    line("one picture", "bytes", "ms")
    line("copied, one CRC over all of it", f"{len(png):,}", f"{copy.ms:.4f}")
    line("ours, every chunk checked", f"{len(baking.bake(png, text)):,}", f"{ours.ms:.4f}")
    same = others_unchanged(png, text)
    goal(7, "all other chunks byte for byte", same, True, same)
    if not OFFICIAL.exists():
        print("  NOT MEASURED: .obvenv is not there (make test makes it)")
        return
    both = beside_the_official(folder)
    line("openbadges_bakery, same process", "", f"{both['theirs']:.4f}")
    line("ours, same process", "", f"{both['ours']:.4f}")
    ratio = both["theirs"] / both["ours"]
    goal(7, "beside openbadges_bakery", f"{ratio:.1f}x", ">= 2x", ratio >= 2)
    goal(7, "read by openbadges_bakery", both["is_read"], True, both["is_read"])


def plainly(rows, folder):
    """Rows, pictures and files with nothing else around them: what the queue is measured by."""
    from badges import baking, openbadges, pictures
    from portal.growing import insert

    clean = {}
    insert(rows)
    for row in rows:
        if row.badge_class_id not in clean:
            clean[row.badge_class_id] = pictures.of_class(row.badge_class)
        text = openbadges.as_text(openbadges.assertion(row))
        (folder / row.salt).write_bytes(baking.bake(clean[row.badge_class_id], text))


def waiting():
    """Badges that were never stored; the table is empty."""
    from badges.models import Assertion

    rows = list(Assertion.objects.with_class().order_by("pk")[:BADGES])
    Assertion.objects.all().delete()
    for row in rows:
        row.pk, row.image_key, row.baked_for = None, "", ""
    return rows


def queue(folder):
    """The badges of many decisions: written, then baked by the sweep."""
    from badges import tasks
    from badges.models import Assertion
    from portal.growing import insert

    tasks.draw_waiting()
    rows = waiting()
    limit = seconds(lambda: plainly(rows, folder))
    rows = waiting()
    written = seconds(lambda: insert(rows))
    runs, spent = 0, 0.0
    while Assertion.objects.unbaked().exists():
        spent += seconds(tasks.bake_waiting)
        runs += 1
    count = len(rows)
    line(f"{count:,} badges", "badges/s", "runs")
    line("rows alone (bulk_create)", f"{count / written:,.0f}", 1)
    line("rows, pictures, files, nothing else", f"{count / limit:,.0f}", 1)
    line("rows, then the portal's sweep", f"{count / (written + spent):,.0f}", runs)
    alone, alike = written / (written + spent), limit / (written + spent)
    goal(9, "with a picture each beside rows alone", f"{alone:.2f}", ">= 0.5", alone >= 0.5)
    goal(9, "the same beside rows, pictures, files", f"{alike:.2f}", ">= 0.5", alike >= 0.5)
    per_ten_thousand = max(1, runs * 10_000 // count)
    goal(14, "tasks for 10,000 badges", per_ten_thousand, "<= 20", per_ten_thousand <= 20)


def main():
    with portal(educators=1500, attempts=4800) as folder:
        one_by_one(folder)
        queue(folder)


if __name__ == "__main__":
    main()
