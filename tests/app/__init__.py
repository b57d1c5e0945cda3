"""The joining of the parts."""
