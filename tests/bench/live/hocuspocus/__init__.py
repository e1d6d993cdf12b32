"""Hocuspocus beside ours: the Yjs server that acknowledges from memory, for comparison only."""
