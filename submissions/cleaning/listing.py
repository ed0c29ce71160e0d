"""Long lists of short words, written so that they can be read."""


def in_order(*lines: str) -> list[str]:
    """The words of some lines, in their order."""
    return [word for line in lines for word in line.split()]


def names(*lines: str) -> set[str]:
    """The words of some lines, as a set."""
    return set(in_order(*lines))
