"""Who is in hardship: the policy as data, the four answers, the assessment, the budget."""
