"""Pages of an educator's own work."""
