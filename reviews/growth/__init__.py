"""Synthetic load: reviewers, their seats in every round, and sheets that say what was decided."""
