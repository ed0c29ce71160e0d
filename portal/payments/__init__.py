"""Money owed, paid, waived or given back."""
