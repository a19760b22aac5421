"""What people write in a hurry or say in English, and the usual words around what they ask. Pure.

Unlike ``nlu.text.SHORTHAND`` this is read only by the search of a catalogue, where the neighbours tell what is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

READINGS: Mapping[str, tuple[str, ...]] = {
    "dk": ("đăng ký", "được", "điều kiện"), "đk": ("đăng ký", "điều kiện", "được"), "đki": ("đăng ký",), "dki": ("đăng ký",),
    "dky": ("đăng ký",), "đky": ("đăng ký",), "đkí": ("đăng ký",),
    "hs": ("hồ sơ", "học sinh"), "hk": ("hộ khẩu", "không", "học kỳ"), "tt": ("thủ tục", "thông tin", "tạm trú", "trung tâm"),
    "gt": ("giấy tờ", "giới tính", "giới thiệu"), "cc": ("căn cước", "công chứng", "chung cư"), "k": ("không", "khoản"),
    "kh": ("không", "kết hôn", "kế hoạch"), "bn": ("bao nhiêu", "bạn"), "ks": ("khai sinh", "khoáng sản", "khách sạn"),
    "kt": ("khai tử", "kinh tế", "kỹ thuật"), "ns": ("nói", "nhà nước"), "nn": ("nước ngoài", "nhà nước", "nông nghiệp"),
    "kd": ("kinh doanh",), "xd": ("xây dựng",), "ld": ("lao động",), "lđ": ("lao động",), "vn": ("việt nam",), "bh": ("bảo hiểm", "bây giờ"),
    "ct": ("công ty", "công trình"), "tn": ("thất nghiệp", "tai nạn", "tốt nghiệp"), "gp": ("giấy phép",), "đt": ("điện thoại", "đầu tư"),
    "sd": ("sử dụng",), "cn": ("chứng nhận", "công nhận", "chi nhánh"), "cb": ("cán bộ",), "hc": ("hộ chiếu", "hành chính"),
    "tc": ("tố cáo", "tài chính"), "đktt": ("đăng ký thường trú", "đăng ký tạm trú"),
    "qt": ("quốc tịch", "quyết toán"), "đc": ("được", "địa chỉ"),
    "kq": ("kết quả",), "nc": ("nước", "nói chuyện"), "ck": ("chồng", "chuyển khoản"), "vk": ("vợ",), "f": ("phải", "phường"), "z": ("gì", "vậy"),
    "dz": ("vậy",), "v": ("vậy",), "r": ("rồi",), "mn": ("mọi người", "mầm non"), "mng": ("mọi người",), "ng": ("người",), "ngta": ("người ta",),
    "nta": ("người ta",), "nhg": ("nhưng", "những"), "nh": ("nhiều",), "nhìu": ("nhiều",), "trg": ("trong", "trường"), "tr": ("trước", "trong"),
    "bt": ("biết", "bình thường"), "bít": ("biết",), "bik": ("biết",), "đg": ("đang", "đường"), "dg": ("đang", "đường"), "w": ("với", "quá"),
    "wá": ("quá",), "s": ("sao",), "sn": ("sinh nhật", "sinh"), "tg": ("thời gian",), "ad": ("admin",), "chx": ("chưa",), "ch": ("chưa",),
    "lun": ("luôn",), "mún": ("muốn",), "mek": ("mẹ",), "tìn": ("tiền",), "ph": ("phải",), "đx": ("được",), "dx": ("được",),
    "kô": ("không",), "hôk": ("không",), "hổng": ("không",), "hem": ("không",), "khum": ("không",), "hông": ("không",), "hong": ("không",),
    "bển": ("bên đó",), "bả": ("bà ấy",), "ổng": ("ông ấy",), "chánh": ("chính",), "nhứt": ("nhất",), "bịnh": ("bệnh",),
    "kưới": ("cưới",), "bu": ("mẹ",),
    "gksinh": ("giấy khai sinh",), "gcnkh": ("giấy chứng nhận kết hôn",), "gpkd": ("giấy phép kinh doanh",), "gpld": ("giấy phép lao động",),
    "gplđ": ("giấy phép lao động",), "xnđt": ("xác nhận độc thân",), "tthn": ("tình trạng hôn nhân",), "xntthn": ("xác nhận tình trạng hôn nhân",),
    "đkx": ("đăng ký xe",), "cmsđ": ("chuyển mục đích sử dụng đất",),
    "cmđsdđ": ("chuyển mục đích sử dụng đất",), "bđs": ("bất động sản",), "bds": ("bất động sản",), "htx": ("hợp tác xã",), "nldd": ("người lao động",),
    "nlđ": ("người lao động",), "nld": ("người lao động",), "nnn": ("người nước ngoài",), "ytnn": ("yếu tố nước ngoài",), "gtgt": ("giá trị gia tăng",),
}  # fmt: skip
"""Shorthand → what it may stand for; what stands beside it in the catalogue tells which."""

EVERYDAY: Sequence[str] = (
    "cần giấy tờ gì", "cần những giấy tờ gì", "cần gì", "gồm những gì", "như thế nào", "là gì", "làm thế nào", "làm sao", "ra sao",
    "bao nhiêu tiền", "hết bao nhiêu", "mất bao lâu", "bao lâu thì có", "bao giờ có", "khi nào", "ở đâu", "làm ở đâu", "nộp ở đâu", "đến đâu",
    "có được không", "được không", "có phải không", "phải không", "có cần không", "hay không", "có mất phí không", "có tốn tiền không",
    "lệ phí là bao nhiêu", "thủ tục là gì", "cho tôi hỏi", "cho em hỏi", "xin hỏi", "tôi muốn", "em muốn", "mình muốn", "tôi có cần",
    "tôi phải làm", "phải làm gì", "vậy làm", "vậy tôi", "thì cần gì", "thì phải", "thì có", "và chồng", "và vợ", "nếu không có", "nếu tôi", "trong trường hợp",
    "có nghĩa là", "những ai", "ai làm", "như nào", "với ạ", "cảm ơn", "nhờ tư vấn", "giúp tôi", "giúp em", "hướng dẫn", "quy trình", "các bước",
    "cho con", "của tôi", "của em", "của mẹ", "của bố", "để làm", "sau khi", "trước khi", "trong ngày", "khác gì", "tại sao", "vì sao",
)  # fmt: skip
"""How people ask, in whatever catalogue: sayings name a service and hardly ever ask."""
TOLD = 40
"""How often each of these counts as said."""
