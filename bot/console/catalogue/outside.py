"""What the catalogue's pages need from outside, and how errors of its services are said to officials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.console.audit.noting import Noting
from bot.console.catalogue.shelf import Shelves
from bot.console.frame import Frame
from bot.console.routing import Refused, Visit
from bot.delivery.ports import Transactions
from bot.doors.doors import Doors
from bot.jobs.desk import JobDesk
from bot.jobs.job import BusyError
from nlu.catalogue.errors import (
    ConflictError,
    NotApprovedError,
    OutdatedDraftError,
    RecordChangedError,
    SamePersonError,
)

HOME = "/canbo/thu-tuc"


@dataclass(frozen=True)
class Outside:
    """What the pages call."""

    transactions: Transactions
    frame: Frame
    jobs: JobDesk
    shelves: Shelves
    doors: Doors
    today: Callable[[], date]
    stale_after_days: int
    uploads: Path
    """Folder in which files wait to be read."""
    noting: Noting

    async def noted(self, visit: Visit, what: str, about: str, why: str = "") -> None:
        """Write an action into the console's log."""
        await self.noting.with_reason(visit.official, what, about, why, visit.at)


def number_of(text: str) -> int:
    """Return a number of an address.

    Raises:
        Refused: it is none.
    """
    if not text.isdecimal() or len(text) > 9:
        raise Refused("Không có trang này.", 404)
    return int(text)


_SAID: tuple[tuple[type[Exception], str], ...] = (
    (SamePersonError, "Bạn là người soạn đề nghị này nên không tự duyệt được: nhờ một biên tập viên khác duyệt."),
    (NotApprovedError, "Đề nghị chưa được người thứ hai duyệt nên chưa công bố được."),
    (OutdatedDraftError, "Đã có bản khác được công bố sau khi đề nghị này được lập, nên công bố nó sẽ làm mất thay đổi "
     "ấy. Hãy lập lại đề nghị trên bản đang dùng."),
    (RecordChangedError, "Thủ tục này vừa được người khác đổi trong lúc bạn sửa. Nội dung bạn gõ vẫn còn ở dưới: mở "
     "bản mới ở thẻ khác, đối chiếu rồi sửa lại."),
    (BusyError, "Đang có một việc cùng loại chạy. Chờ nó xong hoặc dừng nó, rồi làm lại."),
    (ConflictError, "Danh mục vừa được người khác thay đổi cùng lúc; chưa có gì bị đổi. Tải lại trang rồi làm lại."),
)  # fmt: skip


def say(error: Exception, otherwise: str) -> str:
    """Return what a service's error means for the official."""
    return next((said for kind, said in _SAID if isinstance(error, kind)), otherwise)
