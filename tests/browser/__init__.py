"""The pages as people use them, in Chromium."""
