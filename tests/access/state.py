"""What the database and the file store hold, as a digest and as values to compare."""

import hashlib
import re
from collections import Counter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from portal.accounts.models import Association, User
from reviews.models import Reviewer

NOT_STATE = {"django_session"}
BY_CHANCE = {"handle", "password", "last_login", "fingerprint", "hash", "digest"}
ADDRESSES = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|/password/reset/key/\S+")
PEOPLE = (User, Association, Reviewer)


def tables():
    """Every table with its columns, but sessions and the time of the last sign-in."""
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in NOT_STATE:
            columns = [field.column for field in model._meta.concrete_fields]
            yield table, [name for name in columns if name != "last_login"]


def digest(without=()):
    """One value for all rows of all tables and the names of all stored files."""
    told = hashlib.sha256()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, columns in tables():
            if table not in without:
                names = ", ".join(map(quote, columns))
                cursor.execute(f"SELECT {names} FROM {quote(table)} ORDER BY 1")
                told.update(f"{table}: {cursor.fetchall()}".encode())
    files = sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    told.update("\n".join(files).encode())
    return told.hexdigest()


def is_told(field):
    """Whether a column's values are the same whenever the same thing happens."""
    if field.is_relation:
        return field.related_model in PEOPLE
    by_chance = isinstance(field, models.AutoField | models.UUIDField)
    return not by_chance and field.name not in BY_CHANCE


def values():
    """The values of every column that chance does not make, counted, whatever their rows."""
    told = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table in NOT_STATE:
            continue
        for field in filter(is_told, model._meta.concrete_fields):
            column = model._base_manager.values_list(field.attname, flat=True)
            masked = (ADDRESSES.sub("-", str(value)) for value in column)
            told[f"{model._meta.label}.{field.name}"] = Counter(masked)
    return told


def differences(before, after):
    """The columns whose values are not the same, with what was lost and what came."""
    return {
        name: (dict(before[name] - after[name]), dict(after[name] - before[name]))
        for name in before
        if before[name] != after[name]
    }
