"""The public postal service (dịch vụ bưu chính công ích, BCCI): what can go by post, what it costs, when it arrives.

Law: Decision 45/2016/QĐ-TTg and Circular 17/2017/TT-BTTTT. Nothing here sends a parcel: the assistant says what is known,
prepares the sender's slip (Phiếu gửi hồ sơ), and names the post's hotline for what is not known.
"""
