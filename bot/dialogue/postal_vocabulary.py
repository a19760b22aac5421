"""The words in which people talk of the post and name no procedure. Pure data."""

from __future__ import annotations

import re

from nlu.learning.masking_words import word_set

WORDS = word_set(
    "a ai an ay ba bac ban bang bao bat bay ben bi bo boi bua buu buoi ca cac cach cai cam can cao cap cau cay cha cham chau chi chieu chiu cho choi chon"
    " chong chua chuc chung chuyen co coi com con cong cua cuc cung cuoc cuoi da dai dam dan dang danh day de dem den deo di dia dich dien dieu dinh do doi"
    " don dong du dua dum dung duoc duong em ems gac gan ghe gi gia giac giam gian giao giay gio gium giup gom goi gui ha hai hang hanh hay hen het hien hinh"
    " ho hoac hoan hoi hom hon hong hotline hu hue huong huy huong ich it kem kenh khac khach khi kho khoan khong kia kiem kieu kip la lac lai lam lan lau lay le len lich lien lo"
    " loi luc luon lo mai mang mat may me mien minh mo moi mong mot mua muon nam nang nao nay nen neu ngay nghe nghi ngoai ngon nguoi nha nham nhan nhanh nhap nhat nhau nhe nhi nhiem nhieu nho nhu nhung no noi nop nua o oi on ong"
    " phai pham phan phat phi phieu phong phuc quan quay qua quanh ra rach re roi sao sang sau sdt se ship shipper so som soan ta tai tam tan tat tau te thai thanh thang that thay the them theo"
    " thi thieu tho thoai thoi thong thu thuc thue thuong tien tiep tim tin tinh to toan toi ton tong tra trach trang tre trinh truc tu tuan tui tuyen tuy uot va van vang vao vay ve vi viec vnpost vo voi vu xa xem xin yeu"
    " post postal postage postman office near nearest where how much does it cost is the a an i my me to by for of what which way can who pays track tracking parcel item letter lost late complain"
    " kien dzay zay bua ngan hoai tuc ngheo nuoc goi bo lien chinh mot doi cu dum lo khau tinh dau ma trong giu vien que diem tay chu hieu uy quyen nui thon ghi loai truoc phuong quen ten buon biet trung what about from with in if within one province only both way fee carrying compare ways cheaper faster or and please do you do long many days when will arrive abroad send papers result home come number hotline price"
)
"""The words of messages that speak of the post and name no procedure."""

PHRASES = re.compile(r"\b(?:so s[ai]nh|ket qua|ky nhan|tra cuu|dang ky (?=buu|nhan|gui))\b")
"""Words that in this row are the post's, and alone may be a procedure's: "kết hôn", "đăng ký". "Sanh" is read as "sinh"."""
