"""Load on the real server: many sockets on one draft, some of which write."""
