"""What an entry of the console's log is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from bot.handover.steps import Step
from feedback.chain import bind


class What(StrEnum):
    """What the console itself notes; areas may add words of their own, at most 40 letters."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    FAILED = "failed"
    """A known account and a wrong password or code."""
    UNKNOWN = "unknown"
    """No account of that name; which name is not noted: people type passwords there."""
    PASSWORD = "password"  # noqa: S105 - what was done, no password
    ENROLLED = "enrolled"
    NEW_PLACE = "new_place"
    """Signed in with a browser that had not proved before to be this official's."""
    RECOVERY = "recovery"
    """Signed in with a recovery code."""
    ADDED = "added"
    RENAMED = "renamed"
    ROLES = "roles"
    UNIT = "unit"
    DISABLED = "disabled"
    ENABLED = "enabled"
    RESET = "reset"
    """Got a one-time password."""
    TOTP_RESET = "totp_reset"
    EMAIL = "email"
    """Letters about the account go elsewhere."""
    LINKED = "linked"
    """To an identity of the province's sign-on."""
    ENDED = "ended"
    """Sign-ins were ended."""
    CONFIRMED = "confirmed"
    """The owner has seen what happened to the account."""
    REFUSED = "refused"
    """Asked for something that no role of theirs allows."""
    EXPORTED = "exported"
    DOSSIER_OWNER_SEEN = "dossier_owner_seen"
    ORGANISATION_ENTERED = "organisation_entered"
    ORGANISATION_RENEWED = "organisation_renewed"
    ORGANISATION_REVOKED = "organisation_revoked"
    CONFIGURATION_SET = "configuration_set"
    WORDING_SET = "wording_set"
    LETTERS_SENT_AGAIN = "letters_sent_again"
    LETTERS_GIVEN_UP = "letters_given_up"
    DATA_REQUEST_READ = "data_request_read"
    DATA_REQUEST_STEP = "data_request_step"
    DATA_REQUEST_COPY = "data_request_copy"


WORDS: Mapping[str, str] = {
    What.SIGN_IN: "Đăng nhập",
    What.SIGN_OUT: "Đăng xuất",
    What.FAILED: "Đăng nhập không thành",
    What.UNKNOWN: "Thử tên không có",
    What.PASSWORD: "Đổi mật khẩu",
    What.ENROLLED: "Bật mã xác thực",
    What.NEW_PLACE: "Đăng nhập từ trình duyệt chưa từng dùng",
    What.RECOVERY: "Dùng mã dự phòng",
    What.ADDED: "Thêm tài khoản",
    What.RENAMED: "Đổi họ tên",
    What.ROLES: "Đổi vai trò",
    What.UNIT: "Đổi đơn vị",
    What.DISABLED: "Khóa tài khoản",
    What.ENABLED: "Mở lại tài khoản",
    What.RESET: "Cấp mật khẩu dùng một lần",
    What.TOTP_RESET: "Đặt lại mã xác thực",
    What.EMAIL: "Đổi địa chỉ thư báo",
    What.LINKED: "Nối với đăng nhập chung",
    What.ENDED: "Kết thúc phiên",
    What.CONFIRMED: "Xác nhận đã xem thay đổi của tài khoản",
    What.REFUSED: "Bị từ chối vì thiếu vai trò",
    What.EXPORTED: "Xuất dữ liệu",
    Step.READ: "Đọc cuộc trò chuyện",
    Step.TAKEN: "Nhận người chờ",
    Step.READ_BEFORE: "Đọc lời trước yêu cầu",
    Step.FILE_READ: "Mở tệp người dân gửi",
    Step.REPLY: "Trả lời người dân",
    Step.LET_GO: "Nhả cuộc trò chuyện",
    Step.PASSED_ON: "Chuyển người chờ",
    Step.GIVEN_BACK: "Trả lại cho trợ lý",
    What.DOSSIER_OWNER_SEEN: "Xem người nộp hồ sơ",
    What.ORGANISATION_ENTERED: "Nhập tổ chức",
    What.ORGANISATION_RENEWED: "Đổi mã tổ chức",
    What.ORGANISATION_REVOKED: "Thu hồi mã tổ chức",
    What.CONFIGURATION_SET: "Đổi thiết lập",
    What.WORDING_SET: "Đổi lời của trợ lý",
    What.LETTERS_SENT_AGAIN: "Gửi lại tin không gửi được",
    What.LETTERS_GIVEN_UP: "Thôi gửi tin không gửi được",
    What.DATA_REQUEST_READ: "Đọc yêu cầu về dữ liệu",
    What.DATA_REQUEST_STEP: "Giải quyết yêu cầu về dữ liệu",
    What.DATA_REQUEST_COPY: "Xuất bản sao dữ liệu cá nhân",
}
"""As the console shows them; an area's own word is shown as it is."""


@dataclass(frozen=True)
class Event:
    """One line of the log."""

    seq: int
    at: datetime
    actor: str
    what: str
    about: str
    note_digest: bytes
    previous: bytes
    hash: bytes = b""

    def bound(self) -> Event:
        """Return the entry with its hash."""
        return replace(self, hash=self.expected())

    def expected(self) -> bytes:
        """Return the hash that the entry's content has."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return bind(self.previous, [self.seq, at, self.actor, self.what, self.about, self.note_digest.hex()])


@dataclass(frozen=True)
class Noted:
    """An entry with its opened reason."""

    event: Event
    why: str = field(repr=False)
    blank: bool = False
    """Whether the reason was blanked by its age."""
    true: bool = True
    """Whether the reason is the one that the entry is bound to."""

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return WORDS.get(self.event.what, self.event.what)
