"""Sentences for the web chat, standing in for those of ``domain.yml``."""

from __future__ import annotations

RESPONSES = {
    "utter_web_title": "Một Cửa",
    "utter_web_subtitle": "Trợ lý thủ tục hành chính",
    "utter_web_description": (
        "Hỏi về giấy tờ, lệ phí, thời hạn và nơi nộp hồ sơ thủ tục hành chính. Trợ lý tự động, có dẫn nguồn."
    ),
    "utter_web_skip": "Đến ô nhập câu hỏi",
    "utter_web_greeting_title": "Xin chào! Anh/chị cần làm thủ tục gì?",
    "utter_web_greeting": (
        "Tôi là trợ lý tự động. Hãy viết như khi hỏi cán bộ một cửa, có dấu hay không dấu đều "
        "được. Tôi trả lời về giấy tờ, lệ phí, thời hạn, nơi nộp, và luôn ghi rõ nguồn."
    ),
    "utter_web_examples_label": "Anh/chị có thể hỏi, chẳng hạn:",
    "utter_web_example_1": "Làm giấy khai sinh cho con cần giấy tờ gì?",
    "utter_web_example_2": "Đăng ký tạm trú mất bao nhiêu tiền?",
    "utter_web_example_3": "Đổi giấy phép lái xe có làm online được không?",
    "utter_web_example_4": "Làm hộ chiếu mất bao lâu?",
    "utter_web_example_5": "Đăng ký hộ kinh doanh nộp hồ sơ ở đâu?",
    "utter_web_example_6": "Xin xác nhận tình trạng hôn nhân",
    "utter_web_samples_label": "Mã thử",
    "utter_web_samples_tail": "số cuối: {tail}",
    "utter_web_log_label": "Cuộc trò chuyện",
    "utter_web_input_label": "Câu hỏi của anh/chị",
    "utter_web_placeholder": "Viết câu hỏi…",
    "utter_web_send": "Gửi",
    "utter_web_new_conversation": "Cuộc trò chuyện mới",
    "utter_web_notice": "Trợ lý tự động. Xin đừng gửi mật khẩu, mã OTP hay ảnh giấy tờ tùy thân.",
    "utter_web_noscript": (
        "Trang này cần JavaScript để trò chuyện. Xin bật JavaScript, hoặc tra cứu tại dichvucong.gov.vn."
    ),
    "utter_web_you": "Anh/chị",
    "utter_web_assistant": "Trợ lý",
    "utter_web_typing": "Đang soạn câu trả lời…",
    "utter_web_status_loading": "Đang nạp phần hiểu câu hỏi… Anh/chị cứ hỏi, tôi đã tra cứu được danh mục thủ tục.",
    "utter_web_status_ready": "Trợ lý đã sẵn sàng.",
    "utter_web_status_down": "Phần hiểu câu hỏi đang tạm nghỉ; tôi trả lời bằng tra cứu danh mục thủ tục.",
    "utter_web_offline": "Mất kết nối mạng. Tin nhắn được giữ lại và sẽ gửi khi có mạng.",
    "utter_web_reconnecting": "Chưa kết nối được với máy chủ, đang thử lại…",
    "utter_web_waiting": "Đang chờ kết nối…",
    "utter_web_unsent": "Chưa gửi được.",
    "utter_web_resend": "Gửi lại",
    "utter_web_chosen": "(đã chọn)",
    "utter_web_choices_label": "Lựa chọn",
    "utter_web_new_tab": "mở trang mới",
    "utter_web_new_started": "Đã bắt đầu cuộc trò chuyện mới.",
    "utter_web_too_long": "Tin nhắn dài quá. Xin rút gọn hoặc chia làm nhiều tin.",
    "utter_web_slow": "Câu trả lời cần thêm chút thời gian…",
    "utter_web_error_not_json": "Yêu cầu phải là JSON (Content-Type: application/json).",
    "utter_web_error_malformed": "Không đọc được nội dung gửi lên: không phải JSON hợp lệ.",
    "utter_web_error_invalid": "Nội dung gửi lên chưa đúng ở phần “{field}”. Xin xem lại tên, kiểu và độ dài.",
    "utter_web_error_too_large": "Tin nhắn dài quá nên không nhận được. Xin rút gọn hoặc chia làm nhiều tin.",
    "utter_web_error_another_message": "Mã tin nhắn này đã dùng cho một nội dung khác. Xin gửi lại với mã mới.",
    "utter_web_error_too_many": "Anh/chị gửi hơi nhanh. Xin chờ một lát rồi gửi tiếp.",
    "utter_web_error_cross_site": "Không nhận tin nhắn gửi từ trang web khác. Xin mở trang của trợ lý rồi hỏi.",
    "utter_web_error_not_found": "Không có địa chỉ này.",
    "utter_web_error_wrong_method": "Địa chỉ này không nhận cách gọi như vậy; chỉ dùng GET hoặc POST.",
    "utter_web_error_stopping": "Trợ lý đang khởi động lại. Xin gửi lại sau vài giây.",
    "utter_web_error_internal": "Có lỗi phía chúng tôi, xin thứ lỗi. Xin gửi lại sau ít phút.",
}
