"""Pages by audience: reviewers, educators, staff."""
