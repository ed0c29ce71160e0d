"""Every family of files through the real cleaner, beside a plain copy of the same bytes.

    python tests/bench/bench_cleaning.py        BENCH_SECONDS=600 for longer recordings

Each file is cleaned in a process of its own under its limits, as the worker does it; the time
of starting Python is part of it. Of three rounds the fastest counts, of memory the most. Small
files are those of the tests, where the process itself is nearly all; the others are what
educators hand in: photos of 12 megapixels, fifty pages, a hundred thousand cells, a minute of film.
"""

import io
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from measuring import MEGABYTE
from PIL import Image

from submissions.cleaning import process
from submissions.cleaning.recognition import recognize
from tests.submissions import odf, office, recordings, samples

SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
ROUNDS = 3
LARGE = (4000, 3000)
ROW = "{:<24} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}"


def picture(size=LARGE):
    """Something between a flat color and noise, as photos are."""
    blobs = Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size)
    return Image.merge("RGB", (blobs, blobs.rotate(180), Image.new("L", size, 90)))


def photo(kind, **options):
    """A large picture as a file that tells."""
    return lambda: samples.saved(picture(), kind, exif=samples.exif().tobytes(), **options)


def long_pdf():
    """Fifty pages of words and a photo on each."""
    import pikepdf

    with pikepdf.new() as pdf:
        shown = samples.saved(picture((1200, 900)), "JPEG", exif=samples.exif())
        for _page in range(50):
            page = samples.page_with_text(pdf, "Lesson words " * 40)
            page.obj.Resources.XObject.Im1 = pdf.make_stream(
                shown,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=1200,
                Height=900,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
        return samples.pdf_bytes(pdf)


def long_word():
    """Fifty pages with a photo of twelve megapixels."""
    return office.word(**{f"word/media/{samples.CANARY}.jpg": photo("JPEG")()})


def large_sheet():
    """A workbook of a hundred thousand cells."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Grades")
    for row in range(5000):
        sheet.append([f"n{row}", *range(19)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def large_odf_sheet():
    """The same in OpenDocument."""
    row = '<table:table-row><table:table-cell office:value="{0}"><text:p>{0}</text:p>'
    cells = "".join(row.format(n) + "</table:table-cell></table:table-row>" for n in range(100_000))
    return odf.sheets(table=cells)


def long_text():
    """Five megabytes of words."""
    chance = random.Random(1)
    words = [f"w\u00f6rd{chance.randrange(9999)}" for _ in range(400_000)]
    return " ".join(words).encode()[: 5 * MEGABYTE - 9]


def film(size, *coded, ending="mp4"):
    """A recording with sound, a loop of moving shapes."""
    shown = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r=30:d={SECONDS}"]
    heard = ["-f", "lavfi", "-i", f"anoisesrc=c=pink:r=48000:a=0.2:d={SECONDS}"]
    return lambda: recordings.ffmpeg(*shown, *heard, "-shortest", *coded, ending=ending)


def sound(*coded, ending):
    """Ten times as long, without pictures."""
    heard = ["-f", "lavfi", "-i", f"anoisesrc=c=pink:r=48000:a=0.2:d={SECONDS * 10}"]
    return lambda: recordings.ffmpeg(*heard, *coded, ending=ending)


H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M"]
FILES = {
    "JPEG, small": samples.jpeg,
    "JPEG, 12 MP": photo("JPEG", quality=92),
    "PNG, 12 MP": photo("PNG", compress_level=1),
    "WebP, 12 MP": photo("WEBP", method=0),
    "TIFF, 12 MP": lambda: samples.saved(picture(), "TIFF", tiffinfo=samples.exif()),
    "GIF, small": samples.gif,
    "HEIC, 12 MP": photo("HEIF", quality=60),
    "AVIF, 12 MP": photo("AVIF", speed=10),
    "PDF, small": samples.telling_pdf,
    "PDF, 50 photos": long_pdf,
    "Word, small": office.word,
    "Word, 12 MP photo": long_word,
    "PowerPoint, small": office.slides,
    "Excel, 100,000 cells": large_sheet,
    "ODF text, small": odf.text,
    "ODF slides, small": odf.slides,
    "ODF, 100,000 cells": large_odf_sheet,
    "text, 5 MB": long_text,
    "MP4, copied": film("1920x1080", *H264),
    "MP4, drawn again": film("640x480", "-c:v", "mpeg4", "-q:v", "4", "-c:a", "aac"),
    "WebM, copied": film("640x480", *VP8, "-c:a", "libopus", ending="webm"),
    "M4A, ten times as long": sound("-c:a", "aac", ending="m4a"),
    "MP3, ten times as long": sound("-c:a", "libmp3lame", "-q:a", "5", ending="mp3"),
}


def copied(source, target):
    """Seconds of a plain copy."""
    begun = time.monotonic()
    shutil.copyfile(source, target)
    return time.monotonic() - begun


def cleaned(source, target):
    """The report of one cleaning, and its seconds from outside."""
    with source.open("rb") as file:
        kind = recognize(file)
    begun = time.monotonic()
    report = process.run(source, target, kind)
    return time.monotonic() - begun, report


def measured(name, make, folder):
    """One line of the table."""
    source, target = folder / "in", folder / "out"
    source.write_bytes(make())
    size = source.stat().st_size / MEGABYTE
    plain = min(copied(source, target) for _round in range(ROUNDS))
    runs = [cleaned(source, target) for _round in range(ROUNDS)]
    took = min(seconds for seconds, _report in runs)
    peak = max(report.peak_mb for _seconds, report in runs)
    outcomes = {report.outcome for _seconds, report in runs}
    told = "" if outcomes == {"clean"} else f"  {sorted(outcomes)}"
    figures = (f"{size:.2f}", f"{took:.2f}", f"{plain * 1000:.1f}", f"{took / plain:,.0f}")
    return ROW.format(name, *figures, f"{size / took:.1f}", f"{peak:.0f}") + told


def say(line):
    """Write one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main():
    """Print the table."""
    say(f"Recordings of {SECONDS} s; the fastest of {ROUNDS} rounds.")
    say(ROW.format("", "MB", "clean, s", "cp, ms", "ratio", "MB/s", "peak MB"))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name, make in FILES.items():
            say(measured(name, make, Path(folder)))


if __name__ == "__main__":
    main()
