"""One style everywhere: "May 3, 2026" and "4:30 p.m."; a time is followed by its zone."""

DATE_FORMAT = "F j, Y"
TIME_FORMAT = "P"
DATETIME_FORMAT = "F j, Y, P T"
