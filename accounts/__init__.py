"""People and delegations: who signs in, and for whom. Knows nothing of drafting."""
