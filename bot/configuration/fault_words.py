"""Tells administrators in Vietnamese what is wrong in a settings text: where, what stands there, what is expected, an example. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from feedback.file_faults import TOLD, FileFault

_LIKE: Mapping[str, str] = {
    "str": "một dòng chữ, ví dụ: Văn phòng; chữ yes, no, true, false phải đặt trong dấu nháy",
    "int": "một số nguyên, ví dụ: 5",
    "bool": "true hoặc false",
    "date": "ngày viết năm-tháng-ngày, ví dụ: 2026-12-31",
    "vartuple": "một danh sách, ví dụ: [giá trị] hoặc mỗi dòng một mục bắt đầu bằng dấu gạch ngang",
    "frozenset": "một danh sách, ví dụ: [receiver, handler]",
    "dict": "các mục viết tên: giá trị",
}
"""What is expected, by the name of its kind."""
_PLACES: Mapping[str, str] = {
    "province": "mã tỉnh gồm một chữ in hoa và hai chữ số, ví dụ: H48",
    "code": "mã thủ tục, ví dụ: 1.001193 hoặc 1.001193.H48",
}
"""What is expected of a text of a certain form, by the name of its field."""
_PROBLEMS: Mapping[str, str] = {
    "mapping values are not allowed": 'trong câu có thêm dấu hai chấm: hãy đặt cả câu trong dấu nháy, ví dụ: "Công văn 9: bão"',
    "cannot start any token": "có ký tự không dùng được ở đây (chẳng hạn phím Tab): hãy dùng dấu cách, hoặc đặt cả câu trong dấu nháy",
    "unexpected end of stream": "thiếu dấu nháy đóng",
    "did not find expected ',' or": "thiếu dấu phẩy hoặc dấu đóng ] hay }",
    "could not find expected ':'": "thiếu dấu hai chấm sau tên trường, ví dụ: phone: 1022",
    "did not find expected": "thụt đầu dòng không khớp: các trường cùng cấp phải bắt đầu thẳng cột",
    "control characters": "có ký tự điều khiển không đọc được: hãy gõ lại dòng này",
}
"""What the reader of YAML says, in part, and what it means."""
_SAID: Mapping[str, str] = {
    "long": "dài quá {longest} ký tự; hãy rút gọn",
    "reference": "tham chiếu {found} không dùng được ở đây; hãy viết đầy đủ nội dung",
    "deep": "lồng quá {deepest} cấp; hãy viết đơn giản hơn",
    "shape.missing": "thiếu trường bắt buộc “{field}”. Các trường của phần này: {expected}",
    "shape.unknown": "không có trường nào tên “{found}”. Các trường dùng được: {expected}",
    "shape.choice": "tìm thấy {seen}; chỉ được ghi một trong: {expected}",
    "shape.day": "tìm thấy {seen}; cần ngày có thật, viết năm-tháng-ngày, ví dụ: 2026-12-31",
    "shape.pattern": "tìm thấy {seen}; cần {like}",
    "shape.type": "tìm thấy {seen}; cần {like}",
    "days.order": "ngày nghỉ từ {first} lại kết thúc {last}, trước khi bắt đầu; hãy sửa trường to, ví dụ: from: 2026-12-01, to: 2026-12-02",
    "day.twice": "ngày {day} được ghi hai lần; hãy bỏ một lần",
    "swap": "hoán đổi {free} lấy {worked} chưa đúng: free phải là ngày làm việc được nghỉ, worked phải là thứ Bảy hoặc Chủ nhật đi làm bù",
    "session.overlap": "cơ quan {office}, ngày {weekday}: các buổi chồng nhau hoặc không theo thứ tự, ví dụ đúng: [07:30-11:30, 13:30-17:00]",
    "session.order": "cơ quan {office}: tìm thấy {seen}; giờ đóng cửa phải sau giờ mở cửa, ví dụ: 07:30-11:30",
    "time": "tìm thấy {seen}; “{time}” không phải giờ trong ngày. Hãy ghi đủ bốn chữ số, ví dụ: 07:30-11:30 cho một buổi, 15:00 cho một giờ",
    "rule.amount": "thời hạn {rule}: amount phải lớn hơn 0; muốn tính lùi hãy ghi direction: before",
    "rule.dates": "thời hạn {rule}: valid_to phải không trước valid_from",
    "rule.units": "thời hạn {rule}: late_after và first_day chỉ dùng cho thời hạn tính bằng ngày hoặc tháng",
    "rule.back": "thời hạn {rule}: khi tính lùi (direction: before) không dùng late_after và giờ làm việc",
    "office.closed": "cơ quan {office} không có buổi làm việc nào từ thứ Hai đến thứ Sáu; hãy ghi ít nhất một buổi, ví dụ: monday: [07:30-11:30]",
    "office.foreign": "cơ quan {office} thuộc tỉnh khác; mã phải bắt đầu bằng {province}, ví dụ: {province}.30",
    "office.decision": "cách tiếp nhận published_address cần trường decision, ví dụ: decision: Quyết định 12/QĐ-STP ngày 05/01/2026",
    "office.forward_to": "cách tiếp nhận forward_to cần trường forward_to là địa chỉ thư đã công bố, ví dụ: forward_to: tiepnhan@tinh.example",
    "office.privacy": "khi đã tiếp nhận thật, mục privacy phải có: {names}. Ví dụ: controller: Sở Tư pháp",
    "office.name": "thiếu trường name là tên cơ quan, ví dụ: name: Sở Tư pháp",
    "office.doors": "mục doors phải có source (nơi công bố) và checked (ngày đối chiếu), ví dụ: checked: 2026-11-26",
    "office.version": "tìm thấy {seen} ở privacy.version; cần 1 đến 16 chữ cái không dấu, chữ số, dấu chấm, gạch ngang, ví dụ: 2026.1",
    "office.policy": "policy.{name} không được nhỏ hơn 0",
    "units.receives": "mục units phải có một đơn vị tiếp nhận, ví dụ: receives: true",
    "unit.twice": "mã đơn vị {code} được ghi hai lần; mỗi đơn vị một mã",
    "unit.code": "mã đơn vị “{code}” phải gồm 1 đến 40 chữ cái không dấu, chữ số, dấu chấm, gạch, ví dụ: H48.30",
    "unit.dates": "đơn vị {code}: valid_to phải không trước valid_from",
    "unit.email": "đơn vị {code}: “{email}” không phải địa chỉ thư điện tử, ví dụ đúng: vanphong@tinh.example",
    "official.id": "tên cán bộ “{id}” phải gồm 1 đến 64 chữ cái không dấu, chữ số, dấu chấm, gạch; không dùng citizen, system. Ví dụ: lan",
    "official.unit": "cán bộ {id} thuộc đơn vị {unit}, nhưng mục units không có đơn vị này",
    "official.twice": "cán bộ {id} được ghi hai lần; hãy bỏ một lần",
    "person.empty": "chưa ghi gì; hãy ghi ít nhất một trường, ví dụ: place: Trung tâm Phục vụ hành chính công",
    "person.source": "có giờ hoặc điện thoại thì phải có source (nguồn) và checked (ngày đối chiếu), ví dụ: checked: 26/11/2026",
    "person.wait": "phải từ 0 phút làm việc trở lên, ví dụ: wait_minutes: 30",
    "texts.form": "mỗi câu viết theo khóa rồi ngôn ngữ, ví dụ: utter_greet: {{vi: Kính chào bác}}",
    "texts.key": "trợ lý không có câu “{key}”, hoặc lời chưa ghi theo ngôn ngữ (vi, en), ví dụ: utter_greet: {{vi: Kính chào bác}}",
    "wording.empty": "lời đang để trống; hãy viết lời, hoặc bỏ câu này để dùng lời có sẵn",
    "wording.brace": "có dấu ngoặc nhọn mở mà không đóng, hoặc đóng mà không mở; chỗ điền viết như {{ten}}",
}


def told(fault: FileFault) -> str:
    """Return a fault as an administrator reads it."""
    place, key = fault.values.get("place", ""), fault.values.get("key", "")
    where = [f"dòng {fault.line}" if fault.line else "", f"mục {place}" if place else ""]
    if fault.key.startswith("wording.") and key:
        where.append(f"câu {key} ({fault.values['language']})")
    said = ", ".join(part for part in where if part)
    sentence = f"{said}: {_reason(fault)}." if said else f"{_reason(fault)}."
    return sentence[:1].upper() + sentence[1:]


def _reason(fault: FileFault) -> str:
    if fault.key == "yaml":
        problem = fault.values["problem"]
        meant = next((meant for part, meant in _PROBLEMS.items() if part in problem), "")
        return f"chưa đúng cách viết YAML: {meant or f'trình đọc báo “{problem}”'}"
    if fault.key == "wording.names":
        return _names(fault.values["missing"], fault.values["foreign"])
    if fault.key == TOLD:
        return fault.said
    if fault.key not in _SAID:
        return f"trình đọc báo “{fault.said}”"
    values = {"field": "", "expected": "", **fault.values, "found": fault.found}
    seen = f"“{fault.found}”" if fault.found else "chỗ trống hoặc một phần không cùng kiểu"
    return _SAID[fault.key].format(**values, seen=seen, like=_like(values))


def _like(values: Mapping[str, str]) -> str:
    field = values.get("place", "").rpartition(".")[2]
    expected = values["expected"]
    # Of a part with names of its own the reader expects those names.
    return _PLACES.get(field) or _LIKE.get(expected) or f"các trường viết tên: giá trị, gồm {expected}"


def _names(missing: str, foreign: str) -> str:
    parts = [
        f"thiếu chỗ điền {missing}" if missing else "",
        f"chỗ điền {foreign} không có ở câu này" if foreign else "",
    ]
    return "; ".join(part for part in parts if part)
