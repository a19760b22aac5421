"""Which of our accounts a platform refuses at the moment: one call at a time tries whether that is over."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.contract import Ref


class Accounts:
    """Holds back all conversations of a refused account but the one that tries."""

    def __init__(self, pause: float, ticks: Callable[[], float]) -> None:
        """Take the seconds between two tries and a clock in seconds that never goes back."""
        self._pause = pause
        self._ticks = ticks
        self._next_try: dict[tuple[str, str], float] = {}

    def wait(self, ref: Ref) -> float:
        """Return the seconds for which nothing may be sent; the one who gets 0 for a refused account is its trial."""
        name = (ref.channel, ref.account)
        if name not in self._next_try:
            return 0.0
        left = self._next_try[name] - self._ticks()
        if left <= 0:
            self._next_try[name] = self._ticks() + self._pause
        return max(0.0, left)

    def refused(self, ref: Ref) -> bool:
        """Note that the platform refused the account; tell whether that is news."""
        name = (ref.channel, ref.account)
        news = name not in self._next_try
        self._next_try[name] = self._ticks() + self._pause
        return news

    def accepted(self, ref: Ref) -> bool:
        """Note that the account works; tell whether it was refused before."""
        return self._next_try.pop((ref.channel, ref.account), None) is not None
