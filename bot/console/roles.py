"""What an official's account may do, and which roles of the register come with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from feedback.actor import Role


class ConsoleRole(StrEnum):
    """What an account is charged with; a person may have several, and without any sees nothing."""

    RECEIVER = "receiver"
    """Cán bộ tiếp nhận."""
    HANDLER = "handler"
    """Cán bộ xử lý."""
    APPROVER = "approver"
    """Lãnh đạo duyệt."""
    PUBLISHER = "publisher"
    """Cán bộ công khai: takes approved answers to the public pages."""
    EDITOR = "editor"
    """Biên tập danh mục thủ tục; what one editor prepares another one approves."""
    DOSSIERS = "dossiers"
    """Cán bộ hồ sơ."""
    ADMINISTRATOR = "administrator"
    """Quản trị: accounts and settings, no case by itself."""
    AUDITOR = "auditor"
    """Kiểm tra: reads the register, reports and logs, changes nothing, sees no contact data."""


EVERYBODY = frozenset(ConsoleRole)
"""Any account with at least one role."""

EDITORS = frozenset({ConsoleRole.EDITOR})
"""Who changes the catalogue and what is learned."""
CATALOGUE_READERS = frozenset({ConsoleRole.EDITOR, ConsoleRole.AUDITOR})
"""Who sees how both came to be."""
ADMINISTRATORS = frozenset({ConsoleRole.ADMINISTRATOR})
SUPERVISORS = frozenset({ConsoleRole.ADMINISTRATOR, ConsoleRole.AUDITOR})
"""Who sees accounts and the console's log."""

NAMES: Mapping[ConsoleRole, str] = {
    ConsoleRole.RECEIVER: "Tiếp nhận",
    ConsoleRole.HANDLER: "Xử lý",
    ConsoleRole.APPROVER: "Lãnh đạo duyệt",
    ConsoleRole.PUBLISHER: "Công khai",
    ConsoleRole.EDITOR: "Biên tập thủ tục",
    ConsoleRole.DOSSIERS: "Hồ sơ",
    ConsoleRole.ADMINISTRATOR: "Quản trị",
    ConsoleRole.AUDITOR: "Kiểm tra",
}
"""As the console shows them."""

_REGISTER: Mapping[ConsoleRole, Role] = {
    ConsoleRole.RECEIVER: Role.RECEIVER,
    ConsoleRole.HANDLER: Role.HANDLER,
    ConsoleRole.APPROVER: Role.APPROVER,
    ConsoleRole.PUBLISHER: Role.PUBLISHER,
    ConsoleRole.AUDITOR: Role.REPORTER,
    ConsoleRole.ADMINISTRATOR: Role.ADMIN,
}


def register_roles(roles: Iterable[ConsoleRole]) -> frozenset[Role]:
    """Return what an account's roles are worth in the register."""
    return frozenset(_REGISTER[one] for one in roles if one in _REGISTER)
