"""Word lists that masking goes by: where a name ends, what a surname is, what looks like a name and is none."""

from __future__ import annotations

from nlu.text import fold


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


SURNAMES = word_set(
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh trương lương mai tô tạ "
    "phùng hà châu quách thái lâm lưu cao kiều đào vương tăng triệu la đàm thạch mạc"
)
"""Family names, as written with their accents."""

CLEAR_SURNAMES = frozenset({"nguyen", "tran", "pham", "huynh", "bui", "trinh"})
"""Family names that are hardly any other word once the accents are gone."""

MIDDLE_NAMES = word_set("van thi duc huu dinh xuan quang ngoc minh thanh kim hong thu cong trong ba viet gia")
"""Second syllables that make a name of an uncertain first one, without accents."""

KIN_WRITTEN = word_set(
    "tôi em mình tui tao cháu con anh chị ông bà cô chú bác dì cậu mợ vợ chồng mẹ má mạ bố ba cha tía bé người bạn "
    "trai gái nhỏ nó họ thằng đứa thầy sếp tên là đầy đủ của và đứng ký thật gọi nhận gửi e"
)
"""Words for persons as written, with the others of the patterns around names."""

KIN = "|".join(
    sorted(
        word_set(
            "toi em minh tui tao chau con anh chi ong ba co chu bac di cau mo vo chong me ma bo cha tia be nguoi ban trai gai nho no"
            " ho thang dua thay sep e"
        )
    )
)
"""Words for persons, without accents, as alternatives of a pattern."""

_STOPS = (
    "bị là có cần muốn xin hỏi làm được không ko k hông cho của tại ở từ đến về và với hay hoặc thì mà nên phải đã đang sẽ"
    " chưa rồi này nay kia đó ấy gì nào sao đâu ai mấy bao nếu khi lúc vì do để bởi theo trên trong dưới ngoài vào ra lên"
    " xuống sinh năm ngày tháng tuổi quê sống đi sang qua vừa mới sắp định tính nhà đứng sai khác trùng thiếu đúng giống"
    " khai giấy hồ sơ sổ thẻ đăng ký đổi cấp lại xác nhận nhờ giúp nghe thấy biết nhưng cũng đều chỉ còn hiện các những một"
    " hai ba bốn bên kèm cùng người tôi em mình tui cháu con anh chị ông bà cô chú bác vợ chồng mẹ bố cha bé bạn trai gái đệm"
    " họ tên chữ lót công ty cơ quan đơn vị tổ chức thường tạm trú cư ly hôn kết cưới mất bố chết ốm đau bệnh nghỉ thôi việc"
    " học thi đậu lớp mang dùng gọi ghi viết sửa cải chính thêm bỏ xóa ạ à nhé nha vậy thế ơi dạ hả ha đây gặp nộp trình báo"
    " gửi nhận lấy mua bán thuê chuyển nhập xuất tách cắt khẩu mong  nhỉ quá lắm rất ít nhiều lần trước sau giờ"
    " ngừng nữa luôn thành phố tỉnh huyện quận phường xã thôn ấp đường hẻm ngõ số điện thoại yêu cầu bảo nói kêu hướng dẫn"
    " chứng thực quyết giải hẹn trả thông tiếp tra kiểm duyệt hội nghị thể ủy ban ubnd quy pháp luật sản bộ viên"
    " hiểm ngành nghề vụ chủ tịch gần xa nơi chỗ trưởng phó phép riêng chung tư đâu đấy mở xây sử tiền phí thuế"
    " gồm miền mỗi hết lệ bằng lái xe hộ chiếu nghèo khó đất nhân dân viện trường bưu điện tòa án sở phòng cục chi nhánh quốc nước"
    " ngoài đủ dễ cao thấp chậm trễ bắt buộc cứ tới lui mãi xong vẫn thuộc"
)

STOPS = word_set(_STOPS)
"""Words that end a name or a place written in small letters: those of asking, wanting, and of official papers."""

NAME_SYLLABLES = word_set(
    "an anh lan nam mai hang ly thi van hai yen tu dung hong hanh thu tam phuong minh thanh hoa hung hien linh trang "
    "ha huong son long cuong binh dat tuan tien thao vy my hue loan nga nhi nhung oanh phuc quan quang tai thang tho "
    "thuy toan tri trung tuyet vinh xuan duc giang khanh khoa kien lam lien loc luan ngan ngoc nguyet"
)
"""Syllables that are given names far more often than anything else after "tên", once the accents are gone."""

PLAIN_STOPS = frozenset(fold(word) for word in STOPS) - NAME_SYLLABLES - {"a"}
"""``STOPS`` for a text without accents."""

NO_NAMES = word_set(
    "việt đảng mỹ nhật hàn trung đoàn f0 cccd cmnd ubnd bhxh bhyt gplx vneid chủ sinh giáo công hộ người "
    "nước bộ sở ủy tây tàu tết kinh mường tày khmer ê hmông chăm đài pháp lào campuchia thái canada singapore "
    "philippines úc đức nga ấn nga đại ý tôi em mình con cháu anh chị"
)
"""Words that are written with a capital and name nobody."""

NO_SECOND = word_set(
    "mùi hợi tý sửu dần mão thìn tỵ ngọ thân dậu tuất loan chí lịch trú táng khẩu hôn sinh tử phí hộ nghị an đồng "
    "tĩnh bằng nguyên bình giang nam nội quyết"
)
"""Second syllables that make a word of the trade, or a province, of what looked like a surname: "Lý Lịch", "Cao Bằng"."""

PLACE_SYLLABLES = word_set("chau phu tan binh hoa an thanh long my son ha tay bac nam hung loc xuan trung dinh yen duc")
"""Syllables that end no name of a place, once the accents are gone."""
