"""Sound and video: pictures and sound carried over by ffmpeg, and nothing beside them.

Recognized here by their content, opened only as what they were recognized to be, and looked
through again when they are done (SAFETY F10).
"""

from submissions.cleaning.recordings.clean import clean_recording

__all__ = ["clean_recording"]
