"""Promises about the road of a sentence to translators and back."""
