"""What is still missing from a part: sentences for the person, none when it is complete."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import ArtifactRequirement, Part
from submissions.models import Attempt, Progress


def word_count(text: str) -> int:
    """How many words a text has: what stands between white space and has a letter or a digit.

    A dash or a bullet that stands alone is no word; ``autosave.js`` counts the same way.
    """
    return sum(any(sign.isalnum() for sign in run) for run in text.split())


def missing_from(progress: Progress) -> list[str]:
    """Sentences that say what one part still lacks."""
    if progress.part.kind == Part.Kind.AGREEMENT:
        return [] if progress.attempt.consents.exists() else [_("Accept the agreement.")]
    if progress.part.kind == Part.Kind.ARTIFACTS:
        return missing_artifacts(progress)
    if progress.part.is_written:
        return missing_writing(progress)
    return []


def missing_writing(progress: Progress) -> list[str]:
    """What Part 1 or 3 lacks: an answer to each question, and a length within the range."""
    answers = {answer.question_id: answer.text for answer in progress.responses.all()}
    questions = list(progress.part.questions.all())
    lacking = [
        _("Answer question %(number)d.") % {"number": number}
        for number, question in enumerate(questions, start=1)
        if not answers.get(question.pk, "").strip()
    ]
    words = sum(word_count(text) for text in answers.values())
    return [*lacking, *out_of_range(progress.part, words)]


def out_of_range(part: Part, words: int) -> list[str]:
    """A sentence with the count when a part has too few or too many words (FACTS A11)."""
    if part.word_min is None or part.word_max is None:
        return []
    if part.word_min <= words <= part.word_max:
        return []
    return [
        ngettext(
            "Write %(low)d to %(high)d words in all; there is %(words)d word now.",
            "Write %(low)d to %(high)d words in all; there are %(words)d words now.",
            words,
        )
        % {"low": part.word_min, "high": part.word_max, "words": words}
    ]


def asked_for(progress: Progress) -> list[ArtifactRequirement]:
    """The artifact requirements that count: the common ones and those of the chosen option."""
    return [
        requirement
        for requirement in progress.part.requirements.all()
        if requirement.option in {"", progress.option}
    ]


def missing_artifacts(progress: Progress) -> list[str]:
    """What Part 2 lacks: an option where one must be chosen, and enough of every artifact."""
    if progress.part.options and not progress.option:
        return [_("Choose an option: %(names)s.") % {"names": ", ".join(progress.part.options)}]
    counting = progress.attempt.evidence.counting().values_list("requirement_id", flat=True)
    have = Counter(counting)
    return [
        ngettext(
            "Hand in “%(label)s”.",
            "Hand in “%(label)s”: %(have)d of %(count)d so far.",
            requirement.count,
        )
        % {"label": requirement.label, "have": have[requirement.pk], "count": requirement.count}
        for requirement in asked_for(progress)
        if have[requirement.pk] < requirement.count
    ]


def still_missing(attempt: Attempt, rows: Iterable[Progress] | None = None) -> list[str]:
    """What stands between an attempt and Submit for Review (FACTS A12): one sentence each.

    A completed part needs no second look here, because every change opens it again; ``submit``
    looks once more, under its lock. ``attempt`` comes from ``with_preparing``.
    """
    rows = attempt.progress.select_related("part") if rows is None else rows
    lacking = [
        _("%(part)s is not completed.") % {"part": row.part.title}
        for row in rows
        if row.part.kind != Part.Kind.FINAL and row.status != Progress.Status.COMPLETED
    ]
    if attempt.preparing:
        lacking.append(_("A file is still being prepared for the reviewers; give it a minute."))
    return lacking


def missing_in_depth(attempt: Attempt) -> list[str]:
    """What ``still_missing`` says, and every sentence of every part: the look before a round."""
    fresh = Attempt.objects.with_preparing().get(pk=attempt.pk)
    rows = list(fresh.progress.select_related("part"))
    lacking = [sentence for row in rows for sentence in missing_from(row)]
    return still_missing(fresh, rows) or lacking
