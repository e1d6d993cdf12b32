"""The WebSocket addresses."""

from __future__ import annotations

from django.urls import path

from drafting.live.consumer import DraftConsumer

websocket_urlpatterns = [
    path("ws/drafts/<slug:conference>/<slug:draft>/", DraftConsumer.as_asgi()),
]
