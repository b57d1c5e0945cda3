"""step(campaign, conversation, event, now) -> conversation, effects. One file per step kind. Pure."""
