"""Who is called when a case waits, in which order, and the drill that tries it."""
