"""Help, sessions and resources."""
