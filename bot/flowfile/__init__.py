"""Campaign files (YAML) to a compiled campaign, with numbered problems that have a file, a line and a hint."""
