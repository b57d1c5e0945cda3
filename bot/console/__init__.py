"""The moderators' pages: plain forms that work without JavaScript, and one small module for live updates and keys."""
