"""Columns of the periodic report, with the definition that is printed on the sheet: for officials.

The official form's columns are not known to us; these are a superset, to be carried over by hand or by a mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column."""

    key: str
    title: str
    definition: str


COLUMNS: tuple[Column, ...] = (
    Column("carried_over", "Kỳ trước chuyển qua", "Vào sổ trước kỳ và đầu kỳ chưa xử lý xong."),
    Column("new", "Tiếp nhận trong kỳ", "Vào sổ trong kỳ, mọi kênh."),
    Column("reopened", "Mở lại trong kỳ", "Đã xong nhưng được mở lại, hoặc thôi gộp, trong kỳ."),
    Column(
        "about_conduct",
        "Về hành vi",
        "Trong số chuyển qua, tiếp nhận, mở lại hoặc được xử lý trong kỳ: về hành vi (Điều 5 khoản 1).",
    ),
    Column("about_content", "Về nội dung quy định", "Như trên: về nội dung quy định (Điều 5 khoản 2 đến 8)."),
    Column("about_both", "Cả hai", "Như trên: về cả hành vi và nội dung quy định."),
    Column("source_citizen", "Của cá nhân", "Tiếp nhận trong kỳ, người gửi là cá nhân."),
    Column("source_enterprise", "Của doanh nghiệp", "Tiếp nhận trong kỳ, người gửi là doanh nghiệp, hộ kinh doanh."),
    Column("channel_bot", "Qua trợ lý", "Tiếp nhận trong kỳ qua trợ lý trên web, Telegram, Zalo."),
    Column("channel_phone", "Qua điện thoại", "Tiếp nhận trong kỳ qua số điện thoại chuyên dùng."),
    Column("channel_portal", "Qua Cổng DVCQG", "Tiếp nhận trong kỳ từ Cổng Dịch vụ công quốc gia, do cán bộ vào sổ."),
    Column("channel_paper", "Bằng văn bản giấy", "Tiếp nhận trong kỳ qua bưu chính hoặc tại nơi tiếp nhận."),
    Column("not_received", "Không tiếp nhận", "Không tiếp nhận trong kỳ vì thiếu yêu cầu của Điều 7."),
    Column("out_of_scope", "Hướng dẫn nơi khác", "Khiếu nại, tố cáo và nội dung khác được hướng dẫn trong kỳ."),
    Column("forwarded", "Chuyển cơ quan khác", "Chuyển cơ quan có thẩm quyền trong kỳ."),
    Column(
        "forwarded_on_time",
        "Chuyển đúng hạn",
        "Về nội dung quy định, chuyển trong 5 ngày làm việc kể từ ngày tiếp nhận (Điều 9.1(d)).",
    ),
    Column("forwarded_late", "Chuyển trễ hạn", "Như trên, quá 5 ngày làm việc."),
    Column("handled", "Đã xử lý", "Có kết quả xử lý được duyệt trong kỳ."),
    Column("handled_on_time", "Xử lý đúng hạn", "Trong số đã xử lý: duyệt kết quả khi chưa hết hạn xử lý."),
    Column("handled_late", "Xử lý trễ hạn", "Trong số đã xử lý: hạn xử lý đã hết."),
    Column("merged", "Gộp", "Được gộp vào phản ánh khác trong kỳ."),
    Column("withdrawn", "Người gửi rút", "Người gửi rút trong kỳ."),
    Column("in_process", "Đang xử lý", "Cuối kỳ chưa xử lý xong."),
    Column("in_process_in_time", "Đang xử lý trong hạn", "Như trên, hạn xử lý chưa hết hoặc đang chờ bổ sung."),
    Column("in_process_late", "Đang xử lý quá hạn", "Như trên, hạn xử lý đã hết."),
    Column("insufficient_basis", "Chưa đủ cơ sở", "Cuối kỳ được giữ để tập hợp thêm (Điều 14.2(b))."),
    Column("sufficient_basis", "Đủ cơ sở", "Đã xử lý trong kỳ và được xếp là đủ cơ sở."),
    Column(
        "outcome_amend",
        "Sửa quy định của mình",
        "Đã xử lý trong kỳ: sửa đổi, bãi bỏ quy định thuộc thẩm quyền (Điều 15).",
    ),
    Column("outcome_propose", "Kiến nghị sửa", "Đã xử lý trong kỳ: kiến nghị cơ quan có thẩm quyền (Điều 15)."),
    Column(
        "outcome_new",
        "Ban hành quy định mới",
        "Đã xử lý trong kỳ: ban hành hoặc đề nghị ban hành quy định mới (Điều 15).",
    ),
    Column("published", "Đã công khai", "Công khai kết quả trong kỳ (Điều 19)."),
    Column("awaiting_publication", "Chờ công khai", "Cuối kỳ chờ công khai."),
    Column("rated", "Được đánh giá", "Người gửi đánh giá trong kỳ."),
    Column("satisfied", "Hài lòng", "Trong số được đánh giá: 4 hoặc 5 trên 5."),
    Column("dissatisfied", "Không hài lòng", "Trong số được đánh giá: 1 hoặc 2 trên 5."),
)
"""In their order on the sheet."""

BALANCE: Mapping[str, int] = {
    **dict.fromkeys(("carried_over", "new", "reopened"), 1),
    **dict.fromkeys(("not_received", "out_of_scope", "forwarded", "handled", "merged", "withdrawn", "in_process"), -1),
}
"""What came in less what went out and what is left: always 0."""
