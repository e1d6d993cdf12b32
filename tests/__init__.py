"""Tests. Each name is a sentence; nothing sleeps, nothing of ours is mocked."""
