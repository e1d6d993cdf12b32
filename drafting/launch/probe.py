"""Asks a server whether it serves."""

import http.client


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether the server on that local port answers a request with success."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
