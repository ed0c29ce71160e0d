"""Two reviewers, blind."""
