"""An official at the command line, to test with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

RECEIVER, HANDLER, APPROVER, REPORTER = "mau-tiepnhan", "mau-xuly", "mau-lanhdao", "mau-baocao"
_RECEIPT = re.compile(r"PA-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass(frozen=True)
class Desk:
    """A register with samples, worked on by command."""

    run: Callable[..., tuple[int, str]]
    """Gives exit code and all output."""
    database: Path
    folder: Path

    def does(self, who: str, *args: str | Path) -> str:
        """Do something that must succeed; return the output."""
        code, output = self.run(*args, "--as", who)
        assert code == 0, output
        return output

    def fails(self, who: str, *args: str | Path) -> str:
        """Try something that must be refused in one clear line; return it."""
        code, output = self.run(*args, "--as", who)
        assert code == 1, output
        line = output.splitlines()[-1]
        assert line.startswith("motcua: ")
        assert "Traceback" not in output
        return line

    def receipts(self, *filters: str) -> list[str]:
        """Return the receipts of a list, the newest first."""
        return _RECEIPT.findall(self.does(RECEIVER, "list", *filters))

    def a(self, status: str, *filters: str) -> str:
        """Return the newest record of a status."""
        return self.receipts("--status", status, *filters)[0]

    def file(self, name: str, text: str) -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path

    def of(self, office: Path) -> Desk:
        """Return the same register as another office's file has it."""
        return replace(self, run=partial(self.run, office=office))

    def entered(self, who: str = RECEIVER, **changed: str) -> str:
        """Enter a sheet; return its receipt."""
        output = self.does(who, "enter", self.sheet(**changed))
        return _RECEIPT.findall(output)[0]

    def sheet(self, **changed: str) -> Path:
        """Write a sheet with what came on paper; an empty value leaves a field out."""
        fields = {
            "came_by": "paper",
            "received_at": f"{datetime.now(UTC) - timedelta(days=3):%Y-%m-%dT09:00:00+07:00}",
            "name": "Nguyễn Văn Giấy",
            "address": "Số 7, thôn Thử, xã Ví Dụ",
            "phone": "0901 234 567",
            "text": '"Tôi là Nguyễn Văn Giấy, hồ sơ của tôi trễ hẹn mười ngày mà không ai báo."',
        } | changed
        lines = (f"{name}: {value}" for name, value in fields.items() if value)
        return self.file("phieu.yml", "\n".join(lines) + "\n")
