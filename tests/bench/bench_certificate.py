"""A certificate from a warm process, beside one that shares nothing; rubric tables fixed or not.

    python tests/bench/bench_certificate.py

Both sides lay out the very same HTML: what differs is what a process keeps between two papers.
"""

import io
import re

import pikepdf
from measuring import fastest, goal, line, portal, resident

AUTO = re.compile(r"table-layout:\s*fixed;")


def recorded(work):
    """The HTML that a paper is laid out from."""
    from portal import pdf

    seen, drawn = [], pdf.render_to_string

    def noted(*given):
        seen.append(drawn(*given))
        return seen[-1]

    try:
        pdf.render_to_string = noted
        work()
    finally:
        pdf.render_to_string = drawn
    return seen[-1]


def unshared(html, change=str):
    """The same paper by plain WeasyPrint: fonts and sheet are looked up anew."""
    from django.conf import settings
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from portal import pdf

    fonts = FontConfiguration()
    text = change((settings.BASE_DIR / pdf.SHEET).read_text(encoding="utf-8"))
    sheet = CSS(string=text, font_config=fonts, url_fetcher=pdf.sealed())
    document = HTML(string=html, base_url=settings.PUBLIC_BASE_URL, url_fetcher=pdf.sealed())
    return document.write_pdf(font_config=fonts, stylesheets=[sheet], pdf_variant=pdf.VARIANT)


def shared(html):
    """The same paper by the portal's own press, from HTML that is there already."""
    from django.conf import settings
    from weasyprint import HTML

    from portal import pdf

    document = HTML(string=html, base_url=settings.PUBLIC_BASE_URL, url_fetcher=pdf.sealed())
    return document.write_pdf(
        font_config=pdf.fonts(), stylesheets=[pdf.sheet()], pdf_variant=pdf.VARIANT
    )


def certificate():
    """A certificate, warm and with nothing shared."""
    from badges import papers
    from badges.models import Assertion

    badge = Assertion.objects.with_class().select_related("recipient").order_by("pk").first()
    html = recorded(lambda: papers.certificate(badge))
    whole, warm, cold = fastest(
        lambda: papers.certificate(badge), lambda: shared(html), lambda: unshared(html), times=4
    )
    line("certificate", "ms", "CPU ms")
    line("portal, from the row to the PDF", f"{whole.ms:.0f}", f"{whole.cpu:.0f}")
    line("portal, layout alone", f"{warm.ms:.0f}", f"{warm.cpu:.0f}")
    line("plain WeasyPrint, nothing shared", f"{cold.ms:.0f}", f"{cold.cpu:.0f}")
    ratio = whole.cpu / cold.cpu
    goal(10, "warm beside nothing shared", f"{ratio:.2f}x", "<= 0.85x", ratio <= 0.85)


def rubric(client):
    """The longest printed micro-certification, with tables as shipped and left to themselves."""
    from catalog.models import MicroCertification

    longest = max(MicroCertification.objects.startable(), key=lambda row: len(row.words))
    address = f"/micro-certifications/{longest.slug}.pdf"
    html = recorded(lambda: client.get(address))
    fixed, left = fastest(
        lambda: unshared(html),
        lambda: unshared(html, lambda sheet: AUTO.sub("", sheet)),
        rounds=3,
        times=2,
    )
    with pikepdf.open(io.BytesIO(client.get(address).content)) as paper:
        line(f"a rubric of {len(paper.pages)} pages", "ms", "CPU ms")
    line("fixed table layout, as shipped", f"{fixed.ms:.0f}", f"{fixed.cpu:.0f}")
    line("automatic table layout", f"{left.ms:.0f}", f"{left.cpu:.0f}")
    ratio = fixed.cpu / left.cpu
    goal(11, "fixed beside automatic tables", f"{ratio:.2f}x", "<= 0.85x", ratio <= 0.85)


def main():
    with portal(educators=20, attempts=60):
        from django.test import Client

        before = resident()
        certificate()
        rubric(Client())
        print(f"  memory: {before:.0f} MB before, {resident():.0f} MB after all papers")


if __name__ == "__main__":
    main()
