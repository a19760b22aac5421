"""The sentences of the page and of its API's errors; all come from ``responses:`` in ``domain.yml``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.web.errors import MissingTextsError
from bot.dossiers.organisations.ports import UploadOutcome
from bot.dossiers.photos import PhotoOutcome
from bot.http.languages import LANGUAGES

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
    "photo",
    "file",
    "new_conversation",
    "other_language",
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
    "language",
    "other_language",
    "too_long",
    "slow",
    "photo_reading",
    "photo_failed",
    "photo_large",
    "file_reading",
    "file_failed",
    "file_large",
    "file_codes",
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
    "not_picture",
    "not_table",
)
"""Each has its ``utter_web_error_<code>``; the one of ``invalid`` may hold ``{field}``."""

PHOTO_OUTCOMES = tuple(outcome for outcome in PhotoOutcome if outcome is not PhotoOutcome.FOUND)
"""Each has its ``utter_photo_<outcome>``, said of a picture in which no dossier code was found."""

UPLOAD_OUTCOMES = tuple(outcome for outcome in UploadOutcome if outcome is not UploadOutcome.READ)
"""Each has its ``utter_batch_file_<outcome>``, said of a file in which no dossier codes were found."""

REQUIRED = (
    *(f"utter_web_{key}" for key in dict.fromkeys((*PAGE_KEYS, *SCRIPT_KEYS))),
    *(f"utter_web_error_{code}" for code in ERROR_CODES),
    *(f"utter_photo_{outcome}" for outcome in PHOTO_OUTCOMES),
    *(f"utter_batch_file_{outcome}" for outcome in UPLOAD_OUTCOMES),
)
"""Every response that ``domain.yml`` must hold for the web chat."""


class WebTexts:
    """Looks sentences up by their short name."""

    def __init__(self, responses: Mapping[str, Mapping[str, str]]) -> None:
        """Take the sentences by language, then by response name.

        Raises:
            MissingTextsError: Some are missing or blank in some language; all are named at once.
        """
        spoken = [responses.get(language, {}) for language in LANGUAGES]
        missing = [name for name in REQUIRED if not all(one.get(name, "").strip() for one in spoken)]
        if missing:
            raise MissingTextsError(f"domain.yml lacks texts of the web chat under `responses:`: {', '.join(missing)}.")
        self._responses = responses

    def page(self, key: str, language: str) -> str:
        """Return a sentence of the page."""
        return self._responses[language][f"utter_web_{key}"].strip()

    def photo(self, outcome: PhotoOutcome, language: str) -> str:
        """Return what is said of a picture without a dossier code."""
        return self._responses[language][f"utter_photo_{outcome}"].strip()

    def upload(self, outcome: UploadOutcome, language: str) -> str:
        """Return what is said of a file without dossier codes."""
        return self._responses[language][f"utter_batch_file_{outcome}"].strip()

    def error(self, code: str, language: str, field: str = "") -> str:
        """Return what a citizen, or the author of a client, is told about an error."""
        return self._responses[language][f"utter_web_error_{code}"].strip().replace("{field}", field)
