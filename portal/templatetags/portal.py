"""Tags and filters of every template (a builtin: no ``load`` needed)."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import nh3
from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

register = template.Library()

MARKDOWN = MarkdownIt("js-default", {"html": False})
ALLOWED_TAGS = {
    *("a", "br", "code", "em", "hr", "p", "pre", "strong", "blockquote"),
    *("h2", "h3", "h4", "h5", "h6", "li", "ol", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ALLOWED_ATTRIBUTES = {"a": {"href", "title"}}
CENTS = 100


class CleanHTML(SafeString):
    """HTML that nh3 has let through."""


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str) -> str:
    """The picture ``templates/icons/<name>.svg``, inline and silent to screen readers."""
    return render_to_string(f"icons/{name}.svg")


@register.filter
def money(cents: int | None) -> str:
    """Whole cents as dollars: 7500 is $75.00."""
    if cents is None:
        return ""
    dollars, rest = divmod(abs(cents), CENTS)
    return f"{'-' if cents < 0 else ''}${dollars:,}.{rest:02d}"


@register.filter
def hours(amount: Decimal | int | None) -> str:
    """Hours without idle zeros: 15.00 is 15, 7.50 is 7.5."""
    if amount is None:
        return ""
    text = f"{Decimal(amount):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def markdown(text: str) -> CleanHTML:
    """Markdown as HTML: no raw HTML, no pictures, no scripts, links that tell no one of us."""
    html = MARKDOWN.render(text or "")
    return CleanHTML(
        nh3.clean(
            html,
            tags=ALLOWED_TAGS,
            attributes=ALLOWED_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )


@register.filter
def local(moment: datetime | None, zone: ZoneInfo | str) -> date | None:
    """The calendar day of a moment in a zone: what the clock on that wall says."""
    if moment is None:
        return None
    where = ZoneInfo(zone) if isinstance(zone, str) else zone
    return timezone.localtime(moment, where).date()
