"""A rule said no, in words for the person."""


class Refused(Exception):
    """Raised by actions; ``portal.middleware.ShowRefusal`` shows the words as a message.

    The words say what happened, what was kept and what to do next.
    """

    def __init__(self, words: str) -> None:
        super().__init__(str(words))
        self.words = str(words)
