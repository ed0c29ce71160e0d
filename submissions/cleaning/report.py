"""What became of a file, and the two ways in which it does not come out clean."""

from collections import Counter
from dataclasses import dataclass, field

CLEAN, REFUSED, HELD = "clean", "refused", "held"


def gettext_noop(words: str) -> str:
    """Mark words for translation: the cleaner knows no Django, its caller translates."""
    return words


class NotAccepted(Exception):
    """A file is refused; the words tell its owner what to do instead."""


class Doubtful(Exception):
    """A file may not be passed on before staff had a look; the words say why."""


@dataclass
class Report:
    """What the cleaner answers: ``removed`` and ``warnings`` are in words for the educator."""

    outcome: str = CLEAN
    reason: str = ""
    removed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    media_type: str = ""
    extension: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0


@dataclass
class Findings:
    """What was found and taken out of one file, counted where a number says something."""

    names: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def saw(self, name: str, present: object = True) -> None:
        """Note that something was there, once however often."""
        if present:
            self.names.add(name)

    def count(self, name: str, number: int = 1) -> None:
        """Note how many there were."""
        if number:
            self.counts[name] += number

    def warn(self, words: str) -> None:
        """Tell the educator of something that may surprise."""
        if words not in self.warnings:
            self.warnings.append(words)

    def words(self) -> list[str]:
        """The list for the educator: "author name", "comments (3)"."""
        counted = [f"{name} ({number})" for name, number in self.counts.items()]
        return sorted([*self.names, *counted])

    def report(self, media_type: str, extension: str) -> Report:
        """The report of a file that came out clean."""
        return Report(
            removed=self.words(),
            warnings=self.warnings,
            media_type=media_type,
            extension=extension,
        )
