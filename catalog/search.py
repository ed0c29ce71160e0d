"""Finds micro-certifications by words, in the way each database does best.

PostgreSQL knows the forms of English words (full text) and forgives a typo (trigrams); SQLite
looks for the letters as typed and, where that finds nothing, for the words that come nearest.
"""

import re
from difflib import get_close_matches
from functools import reduce
from operator import add, and_, or_

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    TrigramWordSimilarity,
)
from django.db import connection
from django.db.models import Case, Q, Value, When
from django.db.models.expressions import Expression, OrderBy

from catalog.models import MicroCertification
from catalog.models.stacks import MicroCertificationQuerySet as Rows

SAME_THING = re.compile(
    r"\bmicro[\s\-\u2010-\u2014]*(certif\w+|credential\w*|course\w*)(['’]s\b)?", re.IGNORECASE
)
ENGLISH = "english"
WORD = re.compile(r"\w+(?:[’']\w+)*")  # an apostrophe inside a word, never a quote around it
MAX_TERMS = 8
NEAR = 0.5  # how alike two words must be on PostgreSQL: "restoritive" and "restorative" are 0.6
NEAR_LETTERS = 0.75  # the same by difflib's measure
LIBRARY_WORDS = 4  # shorter words are never taken for a typo


def terms_of(query: str) -> list[str]:
    """The words that tell entries apart: what every entry is called is left out (FACTS A14)."""
    return WORD.findall(SAME_THING.sub(" ", query).lower())[:MAX_TERMS]


def find(rows: Rows, query: str) -> Rows:
    """The rows that every term of the query fits, best first; all of them without a term.

    Costs a query: what fits is looked up once, and facets then count within it.
    """
    terms = terms_of(query)
    if not terms:
        return rows.order_by("title")
    if connection.vendor == "postgresql":
        return best_first(rows, by_meaning(rows, terms), rank_of(terms))
    found = by_letters(rows, terms) or by_letters(rows, terms := mended(terms))
    return best_first(rows, found, terms_in_title(terms))


def best_first(rows: Rows, found: list[int], worth: Expression) -> Rows:
    """The rows with these keys, by what they are worth to the searcher."""
    return rows.filter(pk__in=found).order_by(OrderBy(worth, descending=True), "title")


def by_meaning(rows: Rows, terms: list[str]) -> list[int]:
    """Keys of the rows that have each term by full text, or a word nearly the same."""
    near = {f"near_{i}": TrigramWordSimilarity(term, "words") for i, term in enumerate(terms)}
    fits = [
        Q(vector=SearchQuery(term, config=ENGLISH)) | Q(**{f"{name}__gte": NEAR})
        for term, name in zip(terms, near, strict=True)
    ]
    return keys(rows.alias(vector=weighted_text(), **near).filter(reduce(and_, fits)))


def weighted_text() -> Expression:
    """What full text looks at: the title first of all."""
    title = SearchVector("title", weight="A", config=ENGLISH)
    return title + SearchVector("words", weight="B", config=ENGLISH)


def rank_of(terms: list[str]) -> SearchRank:
    """How well full text fits."""
    queries = [SearchQuery(term, config=ENGLISH) for term in terms]
    return SearchRank(weighted_text(), reduce(or_, queries))


def by_letters(rows: Rows, terms: list[str]) -> list[int]:
    """Keys of the rows that have each term as typed."""
    fits = [Q(words__icontains=term) | Q(title__icontains=term) for term in terms]
    return keys(rows.filter(reduce(and_, fits)))


def terms_in_title(terms: list[str]) -> Expression:
    """How many of the terms stand in the title."""
    return reduce(
        add, [Case(When(title__icontains=t, then=Value(1)), default=Value(0)) for t in terms]
    )


def keys(rows: Rows) -> list[int]:
    """The keys of the rows, looked up now."""
    return list(rows.order_by().values_list("pk", flat=True))


def mended(terms: list[str]) -> list[str]:
    """Each term, or the word of the library that it was probably meant to be."""
    texts = MicroCertification.objects.values_list("title", "words")
    known = {word for pair in texts for text in pair for word in WORD.findall(text.lower())}
    return [nearest(term, known) for term in terms]


def nearest(term: str, known: set[str]) -> str:
    """The word most like a term, or the term itself where none is like it."""
    if len(term) < LIBRARY_WORDS:
        return term
    return next(iter(get_close_matches(term, sorted(known), 1, NEAR_LETTERS)), term)
