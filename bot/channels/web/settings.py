"""What can be set for the web chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.web.limits import Rate
from bot.dossiers.organisations.ports import MOST_BYTES

PER_CONVERSATION = Rate(burst=30, per_second=1)
PER_ADDRESS = Rate(burst=300, per_second=20)
PER_PICTURE = Rate(burst=6, per_second=0.1)
PER_UPLOAD = Rate(burst=6, per_second=0.1)


@dataclass(frozen=True)
class WebSettings:
    """Limits and times of the web chat; the composition root fills them in."""

    answer_seconds: float = 10.0
    """How long a request waits for its replies before it says that they are pending."""
    poll_seconds: float = 25.0
    """The longest that a client may wait for news."""
    open_streams: int = 8
    """Pages of one conversation that may follow it live at once."""
    address_streams: int = 300
    """Pages at one network address that may follow live at once; the loopback address has no limit."""
    body_bytes: int = 256 * 1024
    """The largest request body."""
    picture_bytes: int = 4 * 1024 * 1024
    """The largest picture; the page makes them smaller before it sends them."""
    picture_rate: Rate | None = PER_PICTURE
    """Limit of pictures for one visitor; ``None`` for no limit."""
    upload_bytes: int = MOST_BYTES
    """The largest file of dossier codes."""
    upload_rate: Rate | None = PER_UPLOAD
    """Limit of such files for one visitor; ``None`` for no limit."""
    trust_proxy: bool = False
    """Whether a proxy of ours sets ``X-Forwarded-Proto`` and ``X-Forwarded-For``."""
    trace: bool = False
    """Whether replies may carry the trace (``--trace``)."""
    conversation_rate: Rate | None = PER_CONVERSATION
    """Limit for one conversation; ``None`` for no limit."""
    address_rate: Rate | None = PER_ADDRESS
    """Limit for one network address, which many homes may share; the loopback address has none."""
