"""Who receives papers and slips: what the agency's file names most closely, then what the record says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.postal.book import load_book
from bot.postal.errors import PostalFileError
from bot.postal.receivers import Receivers
from bot.postal.shapes import MailboxShape, ReceiverShape
from tests.bot.postal.slips import slip
from tests.factories import procedure
from tests.fakes.post import FakePlaces
from tests.fakes.post_slips import AN

ALL = ReceiverShape(name="Trung tâm Phục vụ hành chính công", address="1 Hùng Vương, Ia Chim", phone="0260 111")
BIRTHS = ReceiverShape(name="Một cửa xã Bình Minh", procedures=("1.001193",), commune="21085")
ELSEWHERE = ReceiverShape(name="Một cửa xã Ia Chim", commune="23332")
BOXES = (
    MailboxShape(email="chung@example.vn"),
    MailboxShape(email="tinh@example.vn", province="51"),
    MailboxShape(email="xa@example.vn", commune="21085"),
)
COMMUNE = procedure(agencies=("Ủy ban nhân dân cấp xã",))


def receivers(*offices: ReceiverShape, boxes: tuple[MailboxShape, ...] = ()) -> Receivers:
    return Receivers(offices, boxes, FakePlaces())


def test_the_agency_named_for_the_procedure_and_place_comes_first_and_others_places_not_at_all() -> None:
    found = receivers(ALL, ELSEWHERE, BIRTHS).of(COMMUNE, AN)
    assert [one.name for one in found] == [BIRTHS.name, ALL.name, "Ủy ban nhân dân xã Bình Minh"]
    assert (found[1].address, found[1].phone) == (ALL.address, ALL.phone)
    assert found[2].address == "Xã Bình Minh, Tỉnh Quảng Ngãi"


def test_an_agency_of_another_level_stands_as_the_record_has_it() -> None:
    (found,) = receivers().of(procedure(agencies=("Sở Tư pháp",)), AN)
    assert (found.name, found.address) == ("Sở Tư pháp", "")


@pytest.mark.parametrize(
    ("boxes", "mail"),
    [(BOXES, "xa@example.vn"), (BOXES[:2], "tinh@example.vn"), (BOXES[:1], "chung@example.vn"), ((), "")],
)
def test_the_nearest_post_office_that_takes_mail_is_taken(boxes: tuple[MailboxShape, ...], mail: str) -> None:
    assert receivers(boxes=boxes).mailbox(slip()) == mail


def test_who_lives_in_no_known_commune_is_still_served_by_the_province() -> None:
    unplaced = replace(slip(), applicant=replace(AN, commune=""))
    assert receivers(boxes=BOXES).mailbox(unplaced) == "tinh@example.vn"


def test_a_mailbox_that_names_commune_and_province_is_the_communes() -> None:
    both = MailboxShape(email="ca-hai@example.vn", commune="21085", province="51")
    assert receivers(boxes=(*BOXES[:2], both)).mailbox(slip()) == both.email


def test_the_agencys_file_names_them(tmp_path: Path) -> None:
    path = tmp_path / "buu-chinh.yml"
    path.write_text(
        'receivers: [{name: "Trung tâm", address: "1 Hùng Vương"}]\nmailboxes: [{email: "a@example.vn", province: "51"}]\n',
        "utf-8",
    )
    book = load_book(path)
    assert (book.receivers[0].name, book.mailboxes[0].email) == ("Trung tâm", "a@example.vn")
    path.write_text("mailboxes: [{email: nobody}]\n", "utf-8")
    with pytest.raises(PostalFileError):
        load_book(path)
