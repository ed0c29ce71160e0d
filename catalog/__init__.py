"""What can be earned: stacks, micro-certifications, rubrics."""
