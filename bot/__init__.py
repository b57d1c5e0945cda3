"""A safe-online chatbot for girls."""
