"""Pages and documents of badges, by audience."""
