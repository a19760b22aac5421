"""What the doors say, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.console.accounts.password_rules import LEAST, MOST, Weak
from bot.console.accounts.signing_in import Step, Wrong

_WRONG: Mapping[Wrong, str] = {
    Wrong.NOT_GOOD: "Thông tin vừa nhập không đúng, hoặc tài khoản không dùng được. Hãy kiểm tra rồi thử lại.",
    Wrong.USED: (
        "Mã này đã được dùng rồi: mỗi mã chỉ dùng được một lần. Hãy chờ ứng dụng trên điện thoại hiện mã mới, "
        "không quá 30 giây, rồi nhập mã ấy."
    ),
    Wrong.GONE: "Lần đăng nhập này đã quá lâu. Hãy đăng nhập lại từ đầu.",
    Wrong.SAME: "Hai lần nhập mật khẩu không giống nhau.",
}
_WEAK: Mapping[Weak, str] = {
    Weak.SHORT: f"Mật khẩu cần ít nhất {LEAST} ký tự. Một câu ngắn dễ nhớ là tốt nhất, được dùng dấu cách.",
    Weak.LONG: f"Mật khẩu dài quá {MOST} ký tự.",
    Weak.COMMON: "Mật khẩu này ghép từ những chữ, dãy phím, ngày tháng, số điện thoại mà ai cũng hay dùng nên dễ bị đoán. Hãy chọn câu khác.",
    Weak.OWN: "Mật khẩu này giống tên của bạn, tên cơ quan hoặc mật khẩu cũ. Hãy chọn câu khác.",
}


def wrong_words(step: Step) -> str:
    """Say why a step was not taken."""
    if step.wrong is Wrong.WAIT:
        return f"Đã thử sai nhiều lần. Hãy thử lại sau {wait_words(step.wait)}."
    return _WRONG[step.wrong] if step.wrong else ""


def weak_words(weak: Weak) -> str:
    """Say why a password is refused."""
    return _WEAK[weak]


def wait_words(wait: timedelta) -> str:
    """Say how long to wait; a little more rather than less."""
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"
