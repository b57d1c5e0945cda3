"""The pages of moderators, campaign staff and operators."""
