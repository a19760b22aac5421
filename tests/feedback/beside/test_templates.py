from __future__ import annotations

from dataclasses import replace

import pytest

from bot.unit_of_work import UnitOfWork
from feedback.actor import NotAllowedError
from feedback.beside.template_store import Template, TemplateStore
from feedback.beside.templates import TemplateError, Templates, faults, filled, left
from feedback.record import About, Category
from feedback.transitions import Action
from tests.feedback.desk import ADMIN, HANDLER, LATER, Desk

ANY = Template("Xin lỗi trễ hẹn", Action.DRAFT, "Kính gửi ông/bà, {don_vi} đã nhận {so_bien_nhan}.")
TEMPLATES = Templates(TemplateStore())


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
async def test_a_step_offers_what_fits_the_record_the_nearest_first(database: UnitOfWork) -> None:
    desk = Desk()
    near = replace(ANY, name="Cản trở", about=About.CONDUCT, category=Category.OBSTACLE)
    others = (
        replace(ANY, name="Quy định", about=About.CONTENT),
        replace(ANY, name="Khác mục", category=Category.SOLUTION),
        replace(ANY, name="Bổ sung", action=Action.ASK_SUPPLEMENT),
    )
    async with database.write() as session:
        for one in (ANY, *others, near):
            await TEMPLATES.put(session, ADMIN, one, LATER)
        case = await desk.received(session)
        found = await TEMPLATES.fitting(session, case, Action.DRAFT)
        assert [one.name for one in found] == ["Cản trở", "Xin lỗi trễ hẹn"]
        await TEMPLATES.put(session, ADMIN, replace(found[0], name="Đổi tên"), LATER)
        await TEMPLATES.drop(session, ADMIN, found[1].id)
        assert [one.name for one in await TEMPLATES.fitting(session, case, Action.DRAFT)] == ["Đổi tên"]
        with pytest.raises(NotAllowedError):
            await TEMPLATES.put(session, HANDLER, ANY, LATER)
        with pytest.raises(TemplateError, match="nothing that can be filled in"):
            await TEMPLATES.put(session, ADMIN, replace(ANY, text="{ten_nguoi_gui}"), LATER)


def test_what_is_known_is_filled_in_and_what_is_not_stays_to_be_seen() -> None:
    said = filled("{don_vi} hẹn {han_tra_loi} {gì}", {"don_vi": "Sở Tư pháp", "han_tra_loi": ""})
    assert said == "Sở Tư pháp hẹn {han_tra_loi} {gì}"
    assert left(said) == ("han_tra_loi",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "name"),
        ({"text": "x" * 6001}, "text"),
        ({"action": Action.MERGE}, "merge has no words"),
        ({"text": "{a} {a}"}, "{a} is nothing"),
    ],
)
def test_every_fault_of_a_template_is_named_once(wrong: dict[str, object], said: str) -> None:
    (found,) = faults(replace(ANY, **wrong))  # type: ignore[arg-type]
    assert said in found
