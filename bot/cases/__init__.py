"""The life of a case as a table of moves, and who may see and do what. Pure."""
