"""Asks a server whether it serves. As a program, the health check of the container."""

import http.client
import os
import sys


def answers(port: int, *, host: str = "localhost", path: str = "/healthz") -> bool:
    """Whether the server on that local port, addressed as `host`, answers with success."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    hosts = os.environ.get("DRAFTING_ALLOWED_HOSTS", "localhost").replace(",", " ").split()
    sys.exit(0 if answers(int(sys.argv[1]), host=hosts[0]) else 1)
