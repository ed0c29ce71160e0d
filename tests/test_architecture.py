"""The house itself: what no linter looks at."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "catalog", "submissions", "reviews", "badges", "credits")
CODE = [
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
DJANGO_LOOKS_UP = (
    "django/",
    "account/",
    "allauth/",
    "mfa/",
    "400",
    "404",
    "429",
    "403",
    "500",
    "registration/",
    "admin/",
)


def late_imports(path):
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name != "ready":
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_imports_stand_at_the_top_except_in_apps_ready():
    assert [place for path in CODE for place in late_imports(path)] == []


def test_no_room_is_a_junk_drawer():
    banned = {"utils", "helpers", "common", "services"}

    assert [path for path in CODE if path.stem in banned or path.parent.name in banned] == []


def test_no_model_overrides_save_and_nobody_listens_to_post_save():
    texts = {path: path.read_text() for path in CODE}

    assert [path for path, text in texts.items() if "def save(self" in text] == []
    assert [path for path, text in texts.items() if "post_save" in text] == []


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin" and "allauth" not in str(entry.urlconf_name):
                yield from patterns(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


def test_every_address_has_a_name_and_no_database_key():
    nameless = [route for route, entry in patterns() if not entry.name]
    keyed = [route for route, _entry in patterns() if re.search(r"<(int:)?(pk|id)>", route)]

    assert (nameless, keyed) == ([], [])


def test_every_template_is_used():
    texts = [path.read_text() for path in [*CODE, *TEMPLATES]]
    everything = "\n".join(texts)

    def is_used(path):
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = name.rsplit(".", 1)[0]
        if name.startswith("emails/"):
            return stem.removeprefix("emails/") in everything
        return name in everything or name.startswith(DJANGO_LOOKS_UP)

    unused = [path for path in TEMPLATES if path.suffix in {".html", ".svg"} and not is_used(path)]
    assert [path.name for path in unused if path.parent.name != "icons"] == []


def test_every_mail_has_a_text_and_an_html_form():
    shared = ("base", "_")
    mails = [
        path
        for path in TEMPLATES
        if path.parent.name == "emails" and not path.stem.startswith(shared)
    ]
    stems = {path.stem for path in mails}

    assert {stem: len([p for p in mails if p.stem == stem]) for stem in stems} == dict.fromkeys(
        stems, 2
    )


def test_no_template_carries_script_or_style_in_a_line():
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=")
    pages = [p for p in TEMPLATES if p.suffix == ".html" and not {"emails", "pdf"} & set(p.parts)]

    assert [path.name for path in pages if inline.search(path.read_text())] == []


@pytest.mark.django_db
def test_migrations_are_complete():
    out = StringIO()

    call_command("makemigrations", "--dry-run", stdout=out)

    assert out.getvalue().strip() == "No changes detected"


def test_the_word_for_not_passing_is_not_yet():
    told = re.compile(r"\bfail(ed|s|ure)?\b", re.IGNORECASE)
    pages = [path for path in TEMPLATES if path.suffix in {".html", ".txt"}]

    assert [path.name for path in pages if told.search(path.read_text())] == []
