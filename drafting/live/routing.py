"""The WebSocket addresses."""

from __future__ import annotations

from django.urls import path, re_path

from drafting.live.consumer import DraftConsumer, Nowhere

websocket_urlpatterns = [
    path("ws/drafts/<slug:conference>/<slug:draft>/", DraftConsumer.as_asgi()),
    re_path("", Nowhere.as_asgi()),  # last: without it an unknown address is a fault of ours
]
