"""The vocabulary: frozen dataclasses and ids that every room speaks. Imports nothing of ours, does nothing."""
