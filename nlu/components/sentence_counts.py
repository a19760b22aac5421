"""Counts words or their pieces over whole sentences: Rasa's ``CountVectorsFeaturizer`` for all messages at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from nlu.components.shared_counts import SharedCounts


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceCountsFeaturizer(CountVectorsFeaturizer):
    """Takes the same keys as Rasa's featurizer, but makes only the features of the sentence, not those of each token.

    The linear classifiers need no more, and training takes half the time. A classifier that reads the sequence
    (``DIETClassifier``) needs Rasa's own featurizer: change the name in ``config.yml``, the keys stay.
    """

    @staticmethod
    def _attributes_for(analyzer: str) -> list[str]:
        """Count the text alone: nobody reads the counts of labels."""
        return [TEXT]

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features of the sentence to each message."""
        if not messages or not self.vectorizers.get(TEXT):
            return messages
        texts = [" ".join(self._get_processed_message_tokens_by_attribute(message, TEXT)) for message in messages]
        counts = self._of_one(texts[0]) if len(texts) == 1 else self.vectorizers[TEXT].transform(texts)
        counts.sort_indices()
        for number, message in enumerate(messages):
            message.add_features(SharedCounts(counts, number, self._identifier))
        return messages

    def _of_one(self, text: str) -> csr_matrix:
        """Count a live message; the vectorizer's own way prepares itself anew for each call, which takes longer than counting."""
        read, vocabulary = self._reading
        found = Counter(number for run in read(text) if (number := vocabulary.get(run)) is not None)
        numbers = np.fromiter(sorted(found), np.int32, len(found))
        values = np.fromiter((found[number] for number in numbers.tolist()), np.float32, len(found))
        return csr_matrix((values, numbers, np.array([0, len(found)], np.int32)), shape=(1, len(vocabulary)))

    @cached_property
    def _reading(self) -> tuple[Callable[[str], list[str]], Mapping[str, int]]:
        """How the trained vectorizer takes a text apart, and the number of each part that it knows."""
        trained = self.vectorizers[TEXT]
        return trained.build_analyzer(), {part: int(number) for part, number in trained.vocabulary_.items()}
