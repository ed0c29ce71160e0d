"""Pages: help and sessions for everyone, their queues and lists for staff."""
