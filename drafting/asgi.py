"""The ASGI entry point: HTTP to Django, WebSocket to `drafting.live`, bodies bounded for both."""

import os
import sys

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.settings")

# Django must be set up before anything that touches models is imported.
http = get_asgi_application()

from django.conf import settings  # noqa: E402

from drafting.limits import BodyLimit  # noqa: E402
from drafting.live.routing import websocket_urlpatterns  # noqa: E402

# Threads render what changed beside those that commit and answer edits: at Python's own five
# milliseconds, an edit that visits the database thrice waits for a page three times over.
sys.setswitchinterval(0.0005)

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(http, max_bytes=settings.REQUEST_MAX_BYTES),
        "websocket": AllowedHostsOriginValidator(
            CookieMiddleware(URLRouter(websocket_urlpatterns))
        ),
    }
)
