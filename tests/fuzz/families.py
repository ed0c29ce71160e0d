"""One good file of every kind that is taken, to be damaged."""

from tests.submissions import odf, office, recordings, samples
from tests.submissions.test_cleaning_heic import photo

FAMILIES = {
    "jpeg": samples.jpeg,
    "png": samples.png,
    "webp": samples.webp,
    "gif": samples.gif,
    "tiff": samples.tiff,
    "pdf": samples.telling_pdf,
    "docx": office.word,
    "pptx": office.slides,
    "xlsx": office.sheets,
    "heic": photo,
    "avif": lambda: photo("AVIF"),
    "odt": odf.text,
    "odp": odf.slides,
    "ods": odf.with_objects,
    "text": lambda: "Élan vital — a lesson.\r\n".encode("utf-16") * 20,
    "mp4": recordings.mp4,
    "mov": recordings.mov,
    "webm": recordings.webm,
    "m4a": recordings.m4a,
    "mp3": recordings.mp3,
}
RECORDINGS = {"mp4", "mov", "webm", "m4a", "mp3"}
