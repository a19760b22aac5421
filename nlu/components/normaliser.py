"""First component: brings every text into its one written form, so that the rest of the pipeline cannot be upset."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.text import normalise

NOTHING = "…"
"""Stands for a text in which nothing is left to read; Rasa answers HTTP 500 to an empty one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class VietnameseNormaliser(GraphComponent):
    """Replaces the text of a message by ``nlu.text.normalise`` of it.

    The answer of ``/model/parse`` carries the normalised text, and every offset refers to it. Leading slashes are gone
    after this, so a citizen cannot choose an intent by typing ``/intent{...}``.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseNormaliser:
        """Create the component; it has nothing to configure."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise live messages; what is no text at all becomes a text that says nothing."""
        for message in messages:
            text = message.get(TEXT)
            plain = normalise(text) if isinstance(text, str) else ""
            message.set(TEXT, plain or NOTHING, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise examples that came past the importer, as in ``rasa test``; marked entities keep their offsets."""
        for example in training_data.training_examples:
            if isinstance(example.get(TEXT), str) and not example.get(ENTITIES):
                self.process([example])
        return training_data
