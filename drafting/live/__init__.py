"""Pushing to the browsers. No rules and no text in memory: a message is a hint."""
