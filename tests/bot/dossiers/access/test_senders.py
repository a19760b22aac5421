"""Carrying one-time codes: by SMS, and to the operator's own eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dossiers.access.senders import CodesBySms, OperatorsEyes
from bot.dossiers.sms.gateway import Outcome, SmsGateway
from tests.fakes.sms_gateway import running

PHONE, CODE, KEY = "+84912345678", "012345", "0123456789abcdef"


@pytest.mark.parametrize(("accents", "text"), [(True, "Mã 012345"), (False, "Ma 012345")])
async def test_a_code_goes_out_as_one_message_in_the_alphabet_that_is_wished(accents: bool, text: str) -> None:
    async with running() as gateway:
        codes = CodesBySms(SmsGateway(gateway.gateway()), lambda code: f"Mã {code}", accents=accents)
        assert await codes.send(PHONE, CODE, KEY)
        gateway.statuses = [400]
        assert not await codes.send(PHONE, CODE, KEY)
    assert gateway.reached == [("84912345678", text)]


async def test_who_develops_sees_codes_and_notices_but_hardly_the_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "codes.txt"
    assert await OperatorsEyes(file).send(PHONE, CODE, KEY)
    assert await OperatorsEyes(None).send(PHONE, CODE, KEY)
    assert not await OperatorsEyes(tmp_path / "none" / "x").send(PHONE, CODE, KEY)
    assert await OperatorsEyes(file).reach(PHONE, ["ờ" * 200, "Hồ sơ có tin"], KEY) is Outcome.TAKEN
    assert OperatorsEyes(file).knows_keys
    assert "Hồ sơ có tin" in file.read_text("utf-8")
    for seen in (file.read_text("utf-8"), capsys.readouterr().out):
        assert CODE in seen
        assert "5678" not in seen
