"""What every mail owes to whoever reads it, in text or in HTML."""

import html
import re

from django.conf import settings
from django.urls import Resolver404, resolve

LINK = re.compile(r'https?://[^\s<>"]+')
HREF = re.compile(r'(?:href|src)="([^"]*)"')
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
LONGEST_SUBJECT = 120


def readable(message):
    """The words of the HTML form as a reader sees them, on one line."""
    body = message.html.partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def plain(message):
    """The words of the text form on one line."""
    return " ".join(message.text.split())


def missing_words(message, *words):
    """Which words are not in both forms, and in which form they lack."""
    forms = {"text": plain(message), "html": readable(message)}
    return [(form, word) for form, text in forms.items() for word in words if word not in text]


def addresses(message):
    """Every address of both forms."""
    hrefs = [html.unescape(href) for href in HREF.findall(message.html)]
    return [*LINK.findall(message.text), *hrefs]


def bad_addresses(message):
    """Addresses that are not absolute, or lead to no page of ours."""
    return [address for address in addresses(message) if not leads_somewhere(address)]


def leads_somewhere(address):
    """Whether an address is one of ours and has a page."""
    if not address.startswith(f"{settings.PUBLIC_BASE_URL}/"):
        return False
    try:
        resolve(address.removeprefix(settings.PUBLIC_BASE_URL).partition("?")[0])
    except Resolver404:
        return False
    return True


def faults_of(message):
    """Everything a mail must not have, in short sentences; none is fine."""
    rules = {
        "the subject is long": len(message.subject) > LONGEST_SUBJECT,
        "the subject has lines": "\n" in message.subject or "\r" in message.subject,
        "the subject is empty": not message.subject.strip(),
        "the subject is HTML": bool(ENTITY.search(message.subject)),
        "the text is HTML": bool(ENTITY.search(message.text) or "<p>" in message.text),
        "the text has a hole": bool(re.search(r"\{[{%]|None\b", message.text)),
        "the HTML has a hole": bool(re.search(r"\{[{%]|\bNone\b", readable(message))),
        "the HTML runs something": "<script" in message.html.lower(),
        "the text says it twice": message.text.count("Subject:") > 0,
        "it does not say where to ask": f"{settings.PUBLIC_BASE_URL}/help/" not in message.html,
    }
    return [words for words, broken in rules.items() if broken] + bad_addresses(message)
