"""Notes what happens to accounts, and lets their owners know: at the next sign-in, and by a letter where there is an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.accounts.account_store import AccountStore
from bot.console.accounts.letter_store import LetterStore
from bot.console.audit.entry import WORDS, Noted, What
from bot.console.audit.store import Audit, Wanted
from feedback.working_time.zone import here

TOLD = frozenset(
    {
        What.PASSWORD,
        What.ENROLLED,
        What.RECOVERY,
        What.NEW_PLACE,
        What.RENAMED,
        What.ROLES,
        What.UNIT,
        What.DISABLED,
        What.ENABLED,
        What.RESET,
        What.TOTP_RESET,
        What.LINKED,
        What.EMAIL,
    }
)
"""What an owner is told of; the log has the rest."""
DETAILS = frozenset({What.NEW_PLACE, What.ROLES, What.UNIT, What.RENAMED})
"""Of these the log's note says what changed; of others it may be a reason that is not for a letter."""
MOST = 50
"""What is shown at once of what happened."""


@dataclass(frozen=True)
class Telling:
    """The log of accounts, and who is to see what stands there."""

    accounts: AccountStore
    audit: Audit
    letters: LetterStore

    async def note(
        self, session: AsyncSession, by: str, what: What, account: str, why: str, at: datetime, before: str = ""
    ) -> None:
        """Write down what happened to an account, in the transaction in which it does.

        Args:
            session: of that transaction.
            by: who did it; empty where nobody was signed in.
            what: was done.
            account: to which account.
            why: the note of the log.
            at: when.
            before: a former address that is written to as well: who takes an account over changes the address first.
        """
        if what not in TOLD:
            await self.audit.append(session, by, what, account, why, at)
            return
        # The account first, then the log, as everywhere: two who hold one and wait for the other are both undone.
        await self.accounts.has_news(session, account, at)
        await self.audit.append(session, by, what, account, why, at)
        found = await self.accounts.get(session, account)
        said = letter(account, by, what, why if what in DETAILS else "", at)
        for address in sorted({found.email if found else "", before} - {""}):
            await self.letters.add(session, address, said, at)

    async def news(self, session: AsyncSession, account: str, since: datetime, until: datetime) -> Sequence[Noted]:
        """Return what happened to an account in a time, the newest first."""
        return await self.audit.page(session, Wanted(about=account, among=TOLD, since=since, until=until), MOST)

    async def confirm(self, session: AsyncSession, account: str, until: datetime, at: datetime) -> None:
        """Let an owner confirm what happened before their sign-in began; what happened since waits for the next one."""
        await self.accounts.no_news(session, account)
        later = await self.audit.page(session, Wanted(about=account, among=TOLD, since=until), 1)
        if later:
            await self.accounts.has_news(session, account, until)
        await self.audit.append(session, account, What.CONFIRMED, account, "", at)


def letter(account: str, by: str, what: What, detail: str, at: datetime) -> str:
    """Return a letter about an account, its first line the subject: nothing in it opens anything."""
    said = WORDS[what]
    who = {account: "chính tài khoản này", "": "người chưa đăng nhập"}.get(by, by)
    more = f" ({detail})" if detail else ""
    return (
        f"Tài khoản cán bộ {account}: {said[0].lower()}{said[1:]}\n"
        f"{said}{more}. Lúc {here(at):%H:%M ngày %d/%m/%Y}, do {who} thực hiện.\n\n"
        "Nếu bạn không biết việc này, hãy báo ngay cho quản trị viên và đổi mật khẩu trên trang cán bộ. "
        "Thư được gửi tự động, không cần trả lời; trong thư không có đường dẫn nào để bấm."
    )
