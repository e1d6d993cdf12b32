"""Is this process able to serve? For the reverse proxy and for health checks.

Only a lost database makes the answer 503. Edits are accepted without the broker, so a proxy
that took workers away because the broker is down would turn a slow hour into an outage.
"""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout

from drafting.permissions import PUBLIC, policy

BROKER_TIMEOUT_SECONDS = 1.0


def database_answers() -> bool:
    """Whether one query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except (DatabaseError, PoolTimeout):
        return False


def broker_answers() -> bool:
    """Whether Valkey answers a ping within a second."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=BROKER_TIMEOUT_SECONDS,
        socket_connect_timeout=BROKER_TIMEOUT_SECONDS,
    )
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


@policy(PUBLIC)
@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """`{"database": bool, "broker": bool}`, 503 when the database does not answer."""
    database, broker = database_answers(), broker_answers()
    return JsonResponse({"database": database, "broker": broker}, status=200 if database else 503)
