"""The console, driven as a browser would."""
