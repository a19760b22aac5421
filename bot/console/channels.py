"""What the console calls the channels on which people are answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping

CHANNELS: Mapping[str, str] = {
    "web": "Web",
    "telegram": "Telegram",
    "zalo_oa": "Zalo OA",
    "zalo_bot": "Zalo Bot",
    "mail": "Thư điện tử",
    "desk": "Phần mềm của bàn trực",
}
