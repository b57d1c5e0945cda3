"""Hearing a plea: text in, assessment out. Pure."""
