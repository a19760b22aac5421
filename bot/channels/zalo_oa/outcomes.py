"""What Zalo's error numbers mean for a message: the one table from which every answer is classed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channels.contract import SendStatus, Sent
from bot.channels.zalo_oa.http import Answer
from feedback.working_time.zone import here

MORNING = 6
"""Hour from which promotional messages are taken again."""

REFRESH = frozenset({-216, -220, -124})
"""The access token is invalid or expired: renewed, then tried once more."""
NIGHT = frozenset({-234, -133})
EXPIRED_UPLOAD = -100

AUTH = SendStatus.AUTH
RETRY = SendStatus.RETRY
UNREACHABLE = SendStatus.UNREACHABLE
BUG = SendStatus.BUG

STATUS: Mapping[int, SendStatus] = {
    0: SendStatus.OK,
    # The token, also after it was renewed: a person must look.
    **dict.fromkeys(REFRESH, AUTH),
    # The account, the app or its money.
    **dict.fromkeys((-202, -204, -205, -207, -208, -209, -212, -215, -219, -221, -223, -224, -242, -320, -321), AUTH),
    **dict.fromkeys((-115, -131, -137, -1241), AUTH),
    # Not now.
    **dict.fromkeys((-32, EXPIRED_UPLOAD, -200, -211, -311, -144, -147), RETRY),
    **dict.fromkeys(NIGHT, RETRY),
    # This person cannot be written to.
    **dict.fromkeys((-213, -217, -218, -222, -227, -230, -232, -244, -305), UNREACHABLE),
    **dict.fromkeys((-108, -114, -118, -119, -139, -141), UNREACHABLE),
    # What we sent.
    **dict.fromkeys((-201, -210, -233, -240, -248, -109, -1121, -1122, -1124), BUG),
}
"""Numbers of the Official Account's and of the template messages' API; they do not contradict each other."""

PAUSE: Mapping[int, float] = {-32: 30.0, -211: 3600.0, -311: 3600.0, -144: 6 * 3600.0, -147: 6 * 3600.0}
"""Seconds to wait where the number says how long it lasts."""

_HTTP: Mapping[int, SendStatus] = {400: BUG, 401: AUTH, 403: AUTH, 404: BUG, 405: BUG, 413: BUG}


def sent(answer: Answer, now: datetime) -> Sent:
    """Return what an answer means for the message that was sent."""
    if answer.code is None:
        status = _HTTP.get(answer.status, RETRY)
        return Sent(status, retry_after=answer.retry_after, detail=f"HTTP {answer.status} {answer.message}".strip())
    if answer.ok:
        return Sent(SendStatus.OK, id=_message_id(answer))
    status = AUTH if answer.code <= -14000 else STATUS.get(answer.code, RETRY)
    pause = seconds_to_morning(now) if answer.code in NIGHT else PAUSE.get(answer.code, answer.retry_after)
    return Sent(status, retry_after=pause, detail=f"{answer.code} {answer.message}".strip())


def seconds_to_morning(now: datetime) -> float:
    """Return how long it is until six o'clock in Vietnam."""
    local = here(now)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return (morning - local).total_seconds()


def _message_id(answer: Answer) -> str:
    found = answer.data.get("message_id") or answer.data.get("msg_id") or ""
    return str(found)[:128]
