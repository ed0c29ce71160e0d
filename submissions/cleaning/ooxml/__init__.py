"""Word, PowerPoint and Excel files: walked part by part from the main one and built anew.

Only what the document refers to in a known way is carried over, each part scrubbed on the way;
everything else in the zip stays behind (SAFETY F8).
"""

from submissions.cleaning.ooxml.rebuild import clean_ooxml

__all__ = ["clean_ooxml"]
