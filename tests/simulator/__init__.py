"""The stand-in for Telegram: each delivery rule, fault and limit."""
