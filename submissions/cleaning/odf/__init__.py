"""OpenDocument files: text, presentations and spreadsheets, built anew from what they show.

Only content, styles and the pictures and objects these refer to are carried over, each scrubbed
on the way; everything else in the zip stays behind.
"""

from submissions.cleaning.odf.rebuild import clean_odf

__all__ = ["clean_odf"]
