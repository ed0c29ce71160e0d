"""Help: questions, answers asked often, information sessions and training resources."""
