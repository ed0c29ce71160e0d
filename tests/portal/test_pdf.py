"""Papers: accessible, in one language, and sealed against the world outside."""

import io
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pikepdf
import pytest
from django.template import engines

from portal import pdf

SECRET = "the-secret-of-the-server"


class Listener(BaseHTTPRequestHandler):
    seen: list[str] = []

    def do_GET(self):
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(SECRET.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def listener():
    Listener.seen = []
    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def paper(monkeypatch):
    """Render a paper whose content is given as HTML."""

    def render(content):
        source = '{% extends "pdf/base.html" %}{% block content %}' + content + "{% endblock %}"
        template = engines["django"].from_string(source)
        monkeypatch.setattr(pdf, "render_to_string", lambda name, context: template.render(context))
        return pdf.render("any", {"name": "Kim"})

    return render


def test_a_paper_has_a_title_a_language_and_tags(paper):
    document = pikepdf.open(io.BytesIO(paper("<h1>Certificate</h1><p>{{ name }}</p>")))

    assert str(document.Root.Lang) == "en-us"
    assert str(document.docinfo.Title) == "Micro-Certification Portal"
    assert bool(document.Root.MarkInfo.Marked) is True
    assert "pdfuaid" in document.Root.Metadata.read_bytes().decode()


def test_links_to_our_pages_work_in_the_paper(paper):
    document = pikepdf.open(io.BytesIO(paper('<p><a href="/stacks/">Stacks</a></p>')))

    targets = [str(link.A.URI) for link in document.pages[0].Annots]
    assert targets == ["http://testserver/stacks/"]


WAYS_IN = [
    '<img src="{address}" alt="x">',
    '<link rel="attachment" href="{address}">',
    '<a rel="attachment" href="{address}">x</a>',
    '<link rel="stylesheet" href="{address}">',
    '<style>@import url("{address}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{address}") }} p {{ font: 9pt x }}</style><p>x',
    '<p style="background-image: url({address})">x</p>',
    '<p style="content: url({address})">x</p>',
    '<object data="{address}">x</object>',
    '<embed src="{address}">',
    '<svg><image href="{address}" width="9" height="9"/></svg>',
    '<svg><use href="{address}#a"/></svg>',
    '<ul style="list-style-image: url({address})"><li>x</li></ul>',
]


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("kind", ["file", "http"])
def test_nothing_from_outside_gets_into_a_paper(paper, listener, tmp_path, way, kind):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    address = secret.as_uri() if kind == "file" else f"{listener}/secret.txt"

    content = paper("<h1>Paper</h1>" + way.format(address=address))

    document = pikepdf.open(io.BytesIO(content))
    assert list(document.attachments) == []
    assert SECRET.encode() not in b"".join(
        item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream)
    )
    assert Listener.seen == []


def test_a_picture_the_paper_carries_itself_is_shown(paper):
    pixel = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )

    document = pikepdf.open(io.BytesIO(paper(f'<img src="{pixel}" alt="A dot">')))

    assert len(document.pages[0].get_images()) == 1


def test_markup_in_a_name_is_shown_as_text(paper):
    plain, hostile = paper("<p>{{ name }}</p>"), '<img src="file:///etc/passwd">'

    assert len(plain) > 1000
    assert b"/Annot" not in pdf.render("any", {"name": hostile})


def test_fonts_and_sheet_are_read_once():
    assert pdf.fonts() is pdf.fonts()
    assert pdf.sheet() is pdf.sheet()
