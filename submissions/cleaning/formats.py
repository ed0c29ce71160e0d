"""Which kinds of file the portal takes, and which of them satisfies which kind of artifact."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODF_TEXT = "application/vnd.oasis.opendocument.text"
ODF_SLIDES = "application/vnd.oasis.opendocument.presentation"
ODF_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
PDF = "application/pdf"
TEXT = "text/plain"
MP4, QUICKTIME, WEBM = "video/mp4", "video/quicktime", "video/webm"
M4A, MP3, WEBM_SOUND = "audio/mp4", "audio/mpeg", "audio/webm"

IMAGE, DOCUMENT, WORDS, RECORDING = "image", "document", "text", "recording"


@dataclass(frozen=True)
class Format:
    """A kind of file that is taken: the words are those its owner reads.

    ``most`` is in megabytes; the family says which limits its cleaner runs under.
    """

    media_type: str
    words: str
    extensions: tuple[str, ...]
    media: tuple[str, ...]
    family: str = DOCUMENT
    most: int = 25

    @property
    def most_bytes(self) -> int:
        """The largest file of this kind that is taken."""
        return self.most * MEGABYTE

    @property
    def names(self) -> tuple[str, ...]:
        """Its name as people know it; plain text may hold a table as well."""
        return ("TXT", "CSV") if self.media_type == TEXT else (self.extensions[0].upper(),)


def image(media_type: str, words: str, *extensions: str) -> Format:
    """A kind of picture."""
    return Format(media_type, words, extensions, ("image",), IMAGE)


def video(media_type: str, words: str, *extensions: str) -> Format:
    """A kind of video."""
    return Format(media_type, words, extensions, ("video",), RECORDING, 2048)


def audio(media_type: str, words: str, *extensions: str) -> Format:
    """A kind of sound recording."""
    return Format(media_type, words, extensions, ("audio",), RECORDING, 500)


FORMATS = {
    one.media_type: one
    for one in (
        image("image/jpeg", "a JPEG picture", "jpg", "jpeg", "jpe", "jfif"),
        image("image/png", "a PNG picture", "png"),
        image("image/webp", "a WebP picture", "webp"),
        image("image/gif", "a GIF picture", "gif"),
        image("image/tiff", "a TIFF picture", "tif", "tiff"),
        image("image/heic", "a HEIC picture", "heic", "heif", "hif"),
        image("image/avif", "an AVIF picture", "avif"),
        Format(PDF, "a PDF document", ("pdf",), ("document", "presentation")),
        Format(WORD, "a Word document", ("docx",), ("document",)),
        Format(SLIDES, "a PowerPoint presentation", ("pptx",), ("presentation",)),
        Format(SHEETS, "an Excel workbook", ("xlsx",), ("spreadsheet",)),
        Format(ODF_TEXT, "an OpenDocument text", ("odt",), ("document",)),
        Format(ODF_SLIDES, "an OpenDocument presentation", ("odp",), ("presentation",)),
        Format(ODF_SHEETS, "an OpenDocument spreadsheet", ("ods",), ("spreadsheet",)),
        Format(
            TEXT,
            "a plain text file",
            ("txt", "text", "md", "markdown", "csv", "tsv", "tab"),
            ("document", "spreadsheet"),  # a table may come as CSV, which is plain text
            WORDS,
            5,
        ),
        video(MP4, "an MP4 video", "mp4", "m4v", "mov", "qt", "3gp"),
        video(QUICKTIME, "a QuickTime video", "mov", "qt", "mp4", "m4v"),
        video(WEBM, "a WebM video", "webm"),
        audio(M4A, "an M4A sound recording", "m4a", "m4b", "mp4", "mov", "qt", "3gp"),
        audio(MP3, "an MP3 sound recording", "mp3"),
        audio(WEBM_SOUND, "a WebM sound recording", "webm", "weba"),
    )
}
IMAGES = tuple(name for name, one in FORMATS.items() if one.family == IMAGE)
OFFICE = (WORD, SLIDES, SHEETS)
ODF = (ODF_TEXT, ODF_SLIDES, ODF_SHEETS)
RECORDINGS = tuple(name for name, one in FORMATS.items() if one.family == RECORDING)
RECORDING_ENDINGS = {ending for name in RECORDINGS for ending in FORMATS[name].extensions}

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "rich text"),
    (b"#EXTM3U", "playlist"),
    (b"ffconcat", "playlist"),
    (b"OggS", "other recording"),
)
HEIC_BRANDS = b"heic heix heim heis hevc hevx mif1 msf1".split()
AVIF_BRANDS = b"avif avis".split()


def by_signature(head: bytes) -> str:
    """Files that say in their first bytes what they are."""
    for signature, kind in SIGNATURES:
        if head.removeprefix(b"\xef\xbb\xbf").startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return by_brand(head) if head[4:8] == b"ftyp" else ""


def by_brand(head: bytes) -> str:
    """Which of the pictures built like an MP4 this is, if it is one."""
    main = head[8:12]
    if main not in HEIC_BRANDS + AVIF_BRANDS:
        return ""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {main, *(head[place : place + 4] for place in range(16, end, 4))}
    return "image/avif" if brands & set(AVIF_BRANDS) else "image/heic"
