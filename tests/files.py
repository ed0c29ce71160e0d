"""Small real files, made in code."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(name="photo.jpg", color="teal", size=(64, 48), **options):
    """A JPEG as a phone would send it."""
    stream = io.BytesIO()
    Image.new("RGB", size, color).save(stream, "JPEG", **options)
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/jpeg")


def text_file(name="notes.txt", content=b"just notes"):
    """A plain text file."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


def archive(name="work.zip"):
    """A zip that is no office document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as bundle:
        bundle.writestr("a.txt", "hello")
    return SimpleUploadedFile(name, stream.getvalue(), content_type="application/zip")


def document(name="plan.pdf"):
    """A PDF of one page."""
    stream = io.BytesIO()
    Image.new("RGB", (200, 280), "white").save(stream, "PDF")
    return SimpleUploadedFile(name, stream.getvalue(), content_type="application/pdf")
