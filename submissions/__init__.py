"""The educator's work: attempts, evidence, rounds handed in."""
