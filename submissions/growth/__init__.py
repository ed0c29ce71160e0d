"""Synthetic load: attempts at every stage, with answers, links and rounds, all dated back."""

from submissions.growth.step import grow_attempts
from submissions.growth.stories import Round, Story

__all__ = ["Round", "Story", "grow_attempts"]
