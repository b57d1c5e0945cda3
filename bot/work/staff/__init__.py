"""People of the programme: who they are and how they sign in."""
