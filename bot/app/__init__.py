"""Joining the parts: one place where rooms meet protocols. `house` opens them, `serve` runs them."""
