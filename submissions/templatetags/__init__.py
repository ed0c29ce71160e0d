"""What templates of the work ask of a link."""
