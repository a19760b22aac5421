"""Counts of sentences: one live message is counted as all training sentences together are, and rows are shared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from nlu.components.shared_counts import SharedCounts, stacked
from tests.rasa.conftest import Parse

TEXTS = ("làm giấy khai sinh cho con cần giấy tờ gì", "lam 2 the can cuoc het 30 ngay", "🙂🙂", "zzzz")
COUNTS = csr_matrix(np.array([[1, 0, 2], [0, 1, 0], [3, 0, 0]], dtype=np.float32))


def test_a_message_alone_is_read_as_among_others(model: Path, parse: Parse) -> None:
    agent = Agent.load(str(model))
    processor = agent.processor
    assert processor is not None
    target = processor.model_metadata.nlu_target
    together = {PLACEHOLDER_MESSAGE: [UserMessage(text) for text in TEXTS]}
    read: list[Message] = processor.graph_runner.run(inputs=together, targets=[target])[target]
    for message, text in zip(read, TEXTS, strict=True):
        alone = parse(text)
        assert message.get("intent")["name"] == alone["intent"]["name"]
        assert abs(message.get("intent")["confidence"] - alone["intent"]["confidence"]) < 1e-5
        assert [one["name"] for one in message.get("aspects")] == [one["name"] for one in alone["aspects"]]


def test_shared_rows_are_taken_in_the_order_of_the_messages() -> None:
    rows = [SharedCounts(COUNTS, row, "words") for row in (2, 0)]
    assert stacked(rows).toarray().tolist() == [[3, 0, 0], [1, 0, 2]]


def test_rows_of_different_matrices_are_stacked_one_by_one() -> None:
    rows = [
        SharedCounts(COUNTS, 1, "words"),
        SharedCounts(COUNTS * 2, 1, "words"),
        SharedCounts(COUNTS, 0, "w").alone(),
    ]
    assert stacked(rows).toarray().tolist() == [[0, 1, 0], [0, 2, 0], [1, 0, 2]]


def test_two_rows_are_the_same_for_rasa_only_when_their_counts_are() -> None:
    one, other = SharedCounts(COUNTS, 0, "words"), SharedCounts(COUNTS, 1, "words")
    assert one.fingerprint() == SharedCounts(COUNTS * 1, 0, "words").fingerprint() != other.fingerprint()
