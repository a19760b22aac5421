"""Training-data importer: adds the twins of every sentence at training, so that the YAML holds each sentence once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.training_sentence import TrainingSentence
from nlu.components.twins import twins
from nlu.text import normalise

TWIN = "twin"
"""Key under the example's metadata that marks a sentence which nobody wrote."""


class TwinImporter(TrainingDataImporter):
    """Wraps ``RasaFileImporter``: normalises each example and adds its twins, with intent and metadata kept.

    ``rasa test nlu`` reads its test sentences through Rasa's own importer and therefore sees none of the twins; in its
    cross-validation only the training folds pass through here, so no twin of a test sentence is ever trained on.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        folded: bool = True,
        noisy: int = 1,
        seed: int = 2008,
    ) -> None:
        """Take the paths from Rasa and the rest from the importer's entry in ``config.yml``.

        Args:
            config_file: path of ``config.yml``.
            domain_path: path of ``domain.yml``.
            training_data_paths: files or folders of examples.
            folded: whether to add the twin without accents.
            noisy: how many noisy twins to add per sentence.
            seed: fixes every random choice.
        """
        self._data: TrainingData | None = None
        self._files = RasaFileImporter(config_file, domain_path, training_data_paths)
        self._folded = folded
        self._noisy = noisy
        self._seed = seed

    def get_nlu_data(self, language: str | None = "vi") -> TrainingData:
        """Return the examples of the files with their twins; made once, since Rasa asks several times."""
        if self._data is None:
            self._data = self._with_twins(language)
        return self._data

    def _with_twins(self, language: str | None) -> TrainingData:
        written = self._files.get_nlu_data(language)
        sentences = [TrainingSentence.of(example) for example in written.training_examples]
        for example in sentences:
            # The offsets of marked entities refer to the text as written: such an example stays as it is.
            if example.get(TEXT) and not example.get(ENTITIES):
                example.set(TEXT, normalise(example.get(TEXT)))
        taken = {(example.get(TEXT) or "").lower() for example in sentences}
        sentences.extend(self._twins(sentences, taken))
        return TrainingData(
            sentences, written.entity_synonyms, written.regex_features, written.lookup_tables, written.responses
        )

    def _twins(self, written: Iterable[TrainingSentence], taken: set[str]) -> Iterator[TrainingSentence]:
        for example in tuple(written):
            if not example.get(INTENT) or not example.get(TEXT) or example.get(ENTITIES):
                continue
            for text in twins(example.get(TEXT), self._seed, self._folded, self._noisy):
                # A twin that another sentence already says could carry a second intent: it would only confuse.
                if text.lower() not in taken:
                    taken.add(text.lower())
                    yield _twin(example, text)

    def get_domain(self) -> Domain:
        """Return the domain of the files."""
        return self._files.get_domain()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return the stories of the files; this project has none."""
        return self._files.get_stories(exclusion_percentage)

    def get_conversation_tests(self) -> StoryGraph:
        """Return the conversation tests of the files; this project has none."""
        return self._files.get_conversation_tests()

    def get_config(self) -> dict[str, Any]:
        """Return the configuration."""
        return self._files.get_config()

    def get_config_file_for_auto_config(self) -> str | None:
        """Return the configuration's path."""
        return self._files.get_config_file_for_auto_config()


def _twin(example: TrainingSentence, text: str) -> TrainingSentence:
    metadata = example.get(METADATA) or {}
    about = metadata.get(METADATA_EXAMPLE)
    marked = {**(about if isinstance(about, dict) else {}), TWIN: True}
    return TrainingSentence({**example.data, TEXT: text, METADATA: {**metadata, METADATA_EXAMPLE: marked}})


def is_twin(example: Message) -> bool:
    """Tell whether an example was made by this importer."""
    about = (example.get(METADATA) or {}).get(METADATA_EXAMPLE)
    return isinstance(about, dict) and bool(about.get(TWIN))
