"""Writes into the console's log who began and who stopped long work, from whichever page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.job import Job, JobKind

BEGUN: Mapping[JobKind, str] = {
    JobKind.IMPORT: "Nhập tệp danh mục",
    JobKind.REPLAY: "Chạy thử đề nghị danh mục",
    JobKind.PUBLISH: "Công bố danh mục",
    JobKind.ROLLBACK: "Quay lại bản danh mục",
    JobKind.FAMILY: "Sửa nhóm dịch vụ",
    JobKind.TRAIN: "Huấn luyện mô hình",
    JobKind.PROMOTE: "Đo và đưa mô hình vào dùng",
    JobKind.VERIFY: "Kiểm chứng nhật ký của sổ",
}
"""What the log calls it."""
STOPPED = "Dừng việc đang chạy"
Append = Callable[[AsyncSession, str, str, str, str, datetime], Awaitable[object]]
"""Writes who, what, about and why."""


@dataclass(frozen=True)
class JobNotes:
    """See ``bot.jobs.desk.NotesJobs``."""

    append: Append

    async def begun(self, session: AsyncSession, job: Job) -> None:
        """Note who began it, with the reason that was asked for."""
        asked = msgspec.json.decode(job.asked, type=dict[str, str])
        about = job.about or Path(asked.get("file", "")).name
        why = asked.get("why") or asked.get("note", "")
        await self.append(session, job.by, BEGUN[job.kind], about, why, job.at)

    async def stopped(self, session: AsyncSession, job: Job, by: str, at: datetime) -> None:
        """Note who stopped it."""
        await self.append(session, by, STOPPED, f"{BEGUN[job.kind]} {job.about}".strip(), "", at)
