"""People: who they are, the association they belong to, and whether they are members."""
