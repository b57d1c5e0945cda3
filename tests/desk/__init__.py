"""The desk under load: many moderators and killed consoles, and a simulated week."""
