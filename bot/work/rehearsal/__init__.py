"""Conversations tried without storage: `safebot flows test` and `play`."""
