"""What an inspection is given: listing, register book, published answers, slips, figures, the log and its verification."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.dashboard.figures import Board
from bot.console.dashboard.periods import Days
from bot.console.dashboard.sheet import Sheet
from bot.console.dashboard.sheets import sheets
from bot.console.dashboard.verifying import LogVerifying, Verified
from bot.console.dashboard.zipping import Part, words
from bot.console.frame import say_moment
from bot.delivery.ports import Transactions
from bot.dossiers.changes import Kind
from bot.feedback.report_sheets import BOOK_HEAD, book_line, book_words
from bot.figures import reading_store
from bot.jobs.desk import JobDesk
from bot.jobs.job import JobKind, JobState
from bot.spreadsheets import Cell, Rows, csv_chunks
from feedback.actor import Actor
from feedback.log_store import LogStore
from feedback.publication.store import PublicationStore
from feedback.record import Book
from feedback.reports.making import Reports
from feedback.reports.story import Period
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore

SLIPS = {
    Kind.SUPPLEMENT.value: "Yêu cầu bổ sung hồ sơ",
    Kind.REFUSED.value: "Không tiếp nhận hồ sơ",
    Kind.LATE_APOLOGY.value: "Xin lỗi và hẹn lại",
}
_PROCEDURES = (
    *("Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cơ quan thực hiện", "Quyết định công bố", "Nguồn", "Nguồn tính đến"),
    *("Số dòng giấy tờ", "Cách nộp", "Đường dẫn"),
)
_ANSWERS = ("Ngày công khai", "Đường dẫn rút gọn", "Mã thủ tục", "Cơ quan", "Câu hỏi (đã che)", "Trả lời")
_SLIPS = ("Thời điểm nguồn báo", "Mã hồ sơ", "Phiếu", "Mã thủ tục", "Đơn vị", "Giờ hẹn sau đó")
_LOG = (
    *("STT", "Thời điểm (UTC)", "Bản ghi", "Người làm", "Đơn vị", "Việc", "Từ trạng thái", "Sang trạng thái"),
    *("Từ đơn vị", "Sang đơn vị", "Băm của ghi chú", "Băm dòng trước", "Băm dòng này"),
)


@dataclass(frozen=True)
class Evidence:
    """Makes the files, one after another; none holds a sender's or an applicant's name, address or telephone."""

    transactions: Transactions
    reports: Reports
    log: LogStore
    published: PublicationStore
    board: Board
    unit_name: Callable[[str], str]
    jobs: JobDesk

    @property
    def book(self) -> Book:
        """The register."""
        return self.board.book

    def parts(self, actor: Actor, days: Days, at: datetime) -> Iterator[Part]:
        """Give the files in their order.

        Args:
            actor: who asks; must be allowed to read reports.
            days: the period.
            at: now.
        """
        yield Part("DOC-TRUOC.txt", words(self._readme(actor, days, at)))
        yield Part("1-danh-muc-thu-tuc.csv", csv_chunks(_PROCEDURES, self._procedures()))
        yield Part("2-so-theo-doi.csv", csv_chunks(BOOK_HEAD, self._register(actor, days.period, at)))
        yield Part("3-tra-loi-da-cong-khai.csv", csv_chunks(_ANSWERS, self._answers(days.period)))
        yield Part("4-phieu-ho-so.csv", csv_chunks(_SLIPS, self._slips(days)))
        yield Part("5-so-lieu.csv", csv_chunks(("Bảng", "Nội dung"), self._figures(days, at)))
        yield Part("6-nhat-ky.csv", csv_chunks(_LOG, self._entries(days.period)))
        yield Part("7-kiem-chung-nhat-ky.txt", self._verified(at))

    async def _procedures(self) -> Rows:
        async with self.transactions.read() as session:
            store = CatalogueStore(session)
            number = await store.live_number()
            if number is not None:
                async for one in store.procedures(number):
                    yield _procedure(one)

    async def _register(self, actor: Actor, period: Period, at: datetime) -> Rows:
        async with self.transactions.read() as session:
            async for line in self.reports.lines(session, actor, period, self.book, at):
                yield book_line(line, self.unit_name)

    async def _answers(self, period: Period) -> Rows:
        async with self.transactions.read() as session:
            async for one in self.published.shown_between(session, period.since, period.until):
                about = one.procedure_code, self.unit_name(one.agency)
                yield [say_moment(one.published_at), one.slug, *about, one.question, one.answer]

    async def _slips(self, days: Days) -> Rows:
        async with self.transactions.read() as session:
            async for one in reading_store.slips(session, days.first, days.until):
                kind = SLIPS.get(one.kind, one.kind)
                yield [say_moment(one.at), one.code, kind, one.procedure, one.unit, say_moment(one.due_at)]

    async def _figures(self, days: Days, at: datetime) -> Rows:
        for sheet in sheets(await self.board.read(days, at), self.unit_name):
            for row in _flat(sheet):
                yield row

    async def _entries(self, period: Period) -> Rows:
        async with self.transactions.read() as session:
            async for one in self.log.between(session, period.since, period.until):
                who = one.actor, self.unit_name(one.unit), one.action.value
                moved = one.from_status or "", one.to_status or "", one.from_unit, one.to_unit
                hashes = one.note_digest.hex(), one.previous.hex(), one.hash.hex()
                yield [one.seq, one.at.isoformat(), one.record, *who, *moved, *hashes]

    async def verified(self) -> Verified | None:
        """Return the last whole verification of the log; ``None`` for none yet."""
        job = await self.jobs.newest(JobKind.VERIFY, state=JobState.DONE)
        return job.result_as(Verified) if job else None

    async def _verified(self, at: datetime) -> AsyncGenerator[bytes, None]:
        before, count = await self.verified(), 0
        if before is None:
            yield "CHƯA CÓ lần kiểm chứng toàn bộ nào: dưới đây chỉ kiểm chuỗi mã băm của nhật ký từ dòng đầu.\n".encode()
        else:
            yield f"Kiểm chứng toàn bộ nhật ký của sổ, bắt đầu lúc {say_moment(before.at)}.\n".encode()
            yield "".join(f"SAI LỆCH: {one}\n" for one in before.told).encode()
            said = "Không tìm thấy sai lệch." if not before.count else f"Có {before.count} sai lệch."
            yield f"{said}\nDòng cuối khi kiểm: {before.seq}, mã băm {before.hash}.\n\n".encode()
            yield f"Chuỗi mã băm của các dòng ghi sau đó, kiểm lúc {say_moment(at)}.\n".encode()
        async with self.transactions.read() as session:
            async for one in LogVerifying(self.transactions, self.log).since(session, before):
                count += 1
                yield f"SAI LỆCH: {one}\n".encode()
            seq, newest = await self.log.last(session)
        said = "Chuỗi liền mạch." if not count else f"Có {count} sai lệch, ghi ở trên."
        yield f"{said}\nDòng cuối của nhật ký khi kiểm xong: {seq}, mã băm {newest.hex()}.\n".encode()

    def _readme(self, actor: Actor, days: Days, at: datetime) -> str:
        return README.format(period=days.words, made=say_moment(at), actor=actor.id, book=book_words(self.book))


README = """TÀI LIỆU PHỤC VỤ KIỂM TRA, {period}

Lập lúc {made} (giờ Việt Nam), bởi tài khoản {actor}.
Sổ được xuất: {book}.

ĐÂY KHÔNG PHẢI LÀ ĐIỂM SỐ HAY KẾT QUẢ ĐÁNH GIÁ CHÍNH THỨC. Phần mềm chỉ xuất những gì nó lưu, để đoàn kiểm tra đối chiếu.
Việc niêm yết tại trụ sở, thái độ phục vụ và hồ sơ giấy phải được kiểm tra tại chỗ.

Các tệp
1-danh-muc-thu-tuc.csv        thủ tục đang công khai trong trợ lý, với nguồn và ngày của nguồn
2-so-theo-doi.csv             phản ánh, kiến nghị vào sổ trong kỳ; nội dung đã che thông tin cá nhân
3-tra-loi-da-cong-khai.csv    trả lời đã công khai trong kỳ, đúng như trên trang công khai
4-phieu-ho-so.csv             yêu cầu bổ sung, không tiếp nhận, xin lỗi và hẹn lại, theo nguồn dữ liệu hồ sơ
5-so-lieu.csv                 các bảng của trang Số liệu
6-nhat-ky.csv                 nhật ký của sổ trong kỳ; lý do và ghi chú không xuất, chỉ có mã băm của chúng
7-kiem-chung-nhat-ky.txt      kết quả lần kiểm chứng toàn bộ gần nhất, và chuỗi của các dòng ghi sau lần ấy
SHA256SUMS.txt                mã băm của từng tệp; kiểm bằng lệnh: sha256sum -c SHA256SUMS.txt

Cách kiểm nhật ký: mỗi dòng mang mã băm của dòng trước, nên sửa hoặc bỏ một dòng làm sai mọi dòng sau. Báo cáo đã in trước
đây có ghi số dòng và mã băm lúc in; tìm dòng ấy trong nhật ký và so mã băm.

Thông tin liên hệ của người gửi phản ánh và của chủ hồ sơ không được xuất. Nội dung phản ánh ở tệp 2 được máy che tên, số điện
thoại, địa chỉ; máy có thể bỏ sót, nên không chuyển tiếp tệp này ra ngoài đoàn kiểm tra. Mã hồ sơ có trong tệp 4 để tìm lại hồ
sơ giấy: chỉ dùng cho việc kiểm tra và hủy khi xong.
"""


def _procedure(one: Procedure) -> list[Cell]:
    papers = sum(len(case.papers) for case in one.cases)
    ways = ", ".join(dict.fromkeys(method.way.value for method in one.methods))
    source = one.source.name, one.as_of
    return [one.code, one.name, one.field, "; ".join(one.agencies), one.decision, *source, papers, ways, one.url or ""]


def _flat(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    yield [sheet.title, *sheet.head]
    for row in (*sheet.rows, *([sheet.total] if sheet.total else [])):
        yield ["", *row]
    yield ["", sheet.note]
