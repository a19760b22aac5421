"""What a flow knows of where a message came from."""

from __future__ import annotations

from bot.channels.contract import Inbound, InboundKind, Reply
from bot.dialogue.flow import Answers, End, Flow, Place
from tests.bot.dialogue_house import FlowTalk
from tests.bot.messages import NOW, ref


async def tells(at: Place, _: Answers) -> End:
    return End((Reply(f"{at.source}/{at.browser}"),), at.state)


async def test_a_flow_learns_network_and_browser_of_the_message() -> None:
    talk = FlowTalk(extra=(Flow(name="tells", title="utter_title_feedback", finish=tells),))
    said = Inbound(ref(), "m", InboundKind.CHOICE, NOW, payload="do:tells", source="net", browser="mine")
    assert "net/mine" in await talk.send(said)
    assert "net" not in await talk.tap("do:tells")
