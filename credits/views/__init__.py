"""Pages of credit: the educator's own, and the staff's."""
