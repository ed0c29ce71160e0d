"""One good file of every kind that is taken, to be damaged."""

from tests.submissions import office, samples

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
}
