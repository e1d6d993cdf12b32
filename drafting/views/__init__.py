"""HTTP: each view parses, makes one call, and answers."""
