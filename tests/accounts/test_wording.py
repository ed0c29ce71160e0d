"""The words of signing in are the portal's own, on pages that a library draws."""

import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings

from portal.models import Message
from tests.factories import PASSWORD
from tests.mails import faults_of

pytestmark = pytest.mark.django_db

WORDS = Path(settings.LOCALE_PATHS[0]) / "en_US" / "LC_MESSAGES"
ENTRY = re.compile(r'^msgid "(.+)"\n(?:msgid_plural ".+"\n)?msgstr(?:\[0\])? "(.+)"$', re.MULTILINE)
FOREIGN = re.compile(r"\b[Ee]mail|Authenticat(?:e|ion)|[Tt]oken|reauth|\bBad\b|Passwordless")


def entries():
    """What stands in the list of words, as pairs of theirs and ours."""
    text = (WORDS / "django.po").read_text()
    return [[part.replace('\\"', '"') for part in pair] for pair in ENTRY.findall(text)]


def sources():
    """Everything the library says, with its variables written as in the list."""
    files = Path(allauth.__file__).parent.rglob("*.*")
    said = "".join(file.read_text() for file in files if file.suffix in {".html", ".txt", ".py"})
    return re.sub(r"{{ ?(\w+) ?}}", r"%(\1)s", said)


def test_the_words_the_portal_reads_are_those_of_the_list():
    with (WORDS / "django.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)

    assert [pair for pair in entries() if read.gettext(pair[0]) != pair[1]] == []
    assert len(read._catalog) >= len(entries()) > 80


def test_every_word_of_the_list_is_one_that_the_library_says():
    said = sources()

    assert [theirs for theirs, _ours in entries() if theirs not in said] == []


@pytest.mark.parametrize("page", ["password/reset/", "password/reset/done/"])
def test_a_visitors_pages_speak_the_portals_language(client, page):
    assert FOREIGN.findall(words_of(client.get(f"/accounts/{page}"))) == []


@pytest.mark.parametrize(
    "page",
    ["email/", "password/change/", "2fa/", "2fa/webauthn/", "reauthenticate/"],
)
def test_the_pages_of_ones_account_speak_the_portals_language(client, educator, page):
    client.post("/accounts/login/", {"login": educator.email, "password": PASSWORD})

    response = client.get(f"/accounts/{page}")

    assert (response.status_code, FOREIGN.findall(words_of(response))) == (200, [])


def words_of(response):
    """What a reader sees of a page."""
    body = response.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"<script.*?</script>|<[^>]*>", " ", body, flags=re.DOTALL)


def test_the_mail_for_a_new_password_has_one_button_and_its_address_on_a_line(client, educator):
    client.post("/accounts/password/reset/", {"email": educator.email})

    message = Message.objects.get()
    (address,) = re.findall(r"^http\S+/password/reset/key/\S+$", message.text, re.MULTILINE)
    assert (message.subject, faults_of(message)) == ("Choose a new password", [])
    assert message.html.count("display:inline-block") == 1
    assert address in message.html
