"""Template -> PDF (WeasyPrint), with nothing fetched from anywhere (SAFETY T11).

Fonts and the sheet are read once for each process (PERFORMANCE d); one document at a time is
laid out, since they share them.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

SHEET = Path("static/css/pdf.css")
VARIANT = "pdf/ua-1"  # tagged, with a title and a language: readable by a screen reader

press = Lock()


def sealed() -> URLFetcher:
    """A fetcher that knows only what the document itself carries: ``data:`` addresses."""
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


@lru_cache(maxsize=1)
def fonts() -> FontConfiguration:
    """The fonts, looked up once."""
    return FontConfiguration()


@lru_cache(maxsize=1)
def sheet() -> CSS:
    """The one sheet of every paper."""
    text = (settings.BASE_DIR / SHEET).read_text(encoding="utf-8")
    return CSS(string=text, font_config=fonts(), url_fetcher=sealed())


def render(template: str, context: dict[str, Any]) -> bytes:
    """A template that extends ``pdf/base.html`` as an accessible PDF.

    Links to our own pages become absolute. Pictures must be ``data:`` addresses or inline SVG;
    every other address is left out silently.
    """
    html = render_to_string(template, {"base_url": settings.PUBLIC_BASE_URL} | context)
    with press:
        document = HTML(string=html, base_url=settings.PUBLIC_BASE_URL, url_fetcher=sealed())
        pdf: bytes = document.write_pdf(
            font_config=fonts(), stylesheets=[sheet()], pdf_variant=VARIANT
        )
    return pdf
