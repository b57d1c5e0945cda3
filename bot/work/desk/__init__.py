"""The desk: one family of verbs a file, joined in `desk`; what a reply must pass; keys of desks."""
