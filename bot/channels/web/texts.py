"""The sentences of the page and of its API's errors; all come from ``responses:`` in ``domain.yml``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.web.errors import MissingTextsError

PAGE_KEYS = (
    "title",
    "subtitle",
    "description",
    "skip",
    "greeting_title",
    "greeting",
    "examples_label",
    "example_1",
    "example_2",
    "example_3",
    "example_4",
    "example_5",
    "example_6",
    "samples_label",
    "samples_tail",
    "log_label",
    "input_label",
    "placeholder",
    "send",
    "new_conversation",
    "notice",
    "noscript",
)
"""Written into the page itself; each stands for ``utter_web_<key>``."""

SCRIPT_KEYS = (
    "you",
    "assistant",
    "typing",
    "status_loading",
    "status_ready",
    "status_down",
    "offline",
    "reconnecting",
    "waiting",
    "unsent",
    "resend",
    "chosen",
    "choices_label",
    "new_tab",
    "new_started",
    "too_long",
    "slow",
)
"""Used by the page's script."""

ERROR_CODES = (
    "not_json",
    "malformed",
    "invalid",
    "too_large",
    "another_message",
    "too_many",
    "cross_site",
    "not_found",
    "wrong_method",
    "stopping",
    "internal",
)
"""Each has its ``utter_web_error_<code>``; the one of ``invalid`` may hold ``{field}``."""

REQUIRED = (
    *(f"utter_web_{key}" for key in (*PAGE_KEYS, *SCRIPT_KEYS)),
    *(f"utter_web_error_{code}" for code in ERROR_CODES),
)
"""Every response that ``domain.yml`` must hold for the web chat."""


class WebTexts:
    """Looks sentences up by their short name."""

    def __init__(self, responses: Mapping[str, str]) -> None:
        """Take the sentences by response name, in Vietnamese.

        Raises:
            MissingTextsError: Some are missing or blank; all are named at once.
        """
        missing = [name for name in REQUIRED if not responses.get(name, "").strip()]
        if missing:
            raise MissingTextsError(f"domain.yml lacks texts of the web chat under `responses:`: {', '.join(missing)}.")
        self._responses = responses

    def page(self, key: str) -> str:
        """Return a sentence of the page."""
        return self._responses[f"utter_web_{key}"].strip()

    def error(self, code: str, field: str = "") -> str:
        """Return what a citizen, or the author of a client, is told about an error."""
        return self._responses[f"utter_web_error_{code}"].strip().replace("{field}", field)
