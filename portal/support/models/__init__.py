"""Questions and answers, information sessions, resources: their rows and what is true of them."""

from portal.support.models.library import FrequentQuestion, Resource
from portal.support.models.questions import Question
from portal.support.models.sessions import InformationSession, Registration

__all__ = ["FrequentQuestion", "InformationSession", "Question", "Registration", "Resource"]
