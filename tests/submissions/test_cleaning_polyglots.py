"""Files that are two kinds at once are refused, or only one of them comes out."""

import io

import pytest

from submissions.cleaning.recognition import recognize
from tests.submissions import samples

PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PDF = samples.plain_pdf()
GIF = samples.gif()

TWO = {
    "script and GIF": b"GIF89a/*" + GIF[8:] + b"*/=1;alert(1)",
    "assignment and GIF": b"GIF89a=1;/*" + GIF[11:] + b"*/",
    "script and JPEG": b"\xff\xd8\xff\xe0/*" + bytes(12_000) + b"*/=alert(1)",
    "script and WebP": b"RIFF/*\x00\x00WEBPVP8 */=1;alert(1)",
    "PDF and zip": PDF + samples.archive({"a.html": PAGE}),
    "PDF and page behind": PDF + PAGE,
    "PDF and page before its objects": PDF[:9] + PAGE + PDF[9:],
    "PDF and program of a server": PDF + b"\n<?php system($_GET['c']);",
    "PDF and script": b"%PDF-1.7\n/*" + PDF[9:] + b"*/alert(1)",
}


@pytest.mark.parametrize("what", TWO)
def test_a_file_of_two_kinds_is_known_as_such(what):
    assert recognize(io.BytesIO(TWO[what])) == "two in one"


ONE = {
    "page before a PDF": (PAGE + PDF, "html"),
    "PDF with blanks behind": (PDF + bytes(2000), "application/pdf"),
    "PDF with a remark behind": (PDF + b"\n% made on a Tuesday <b>\n", "application/pdf"),
    "revised PDF": (PDF + b"\n9 0 obj\n<</A (<html>)>>\nendobj\n%%EOF", "application/pdf"),
    "photo with a zip behind": (samples.jpeg(), "image/jpeg"),
    "animation": (GIF, "image/gif"),
}


@pytest.mark.parametrize("what", ONE)
def test_what_is_only_odd_is_known_as_what_it_is(what):
    data, kind = ONE[what]

    assert recognize(io.BytesIO(data)) == kind
