"""What is written down of who did what: written first, read by the auditor, looked after."""
