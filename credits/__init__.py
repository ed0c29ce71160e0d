"""Hours that count elsewhere: university units, Act 48, Chapter 14."""
