"""Things that make two services different although their names share most words. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

CONTRASTS: Mapping[str, str] = {
    "foreign": r"nuoc ngoai|ngoai giao|lanh su|viet kieu|quoc tich khac",
    "domestic": r"trong nuoc",
    "first": r"lan dau|cap moi|dang ky moi",
    "again": (
        r"\blai\b|\bhong\b|\brach\b|that lac|(?:bi|lam|danh|roi|rot) mat\b"
        r"|mat (?:giay|the|so|bang|ho so|can cuoc|chung|ca vet|bien|dang ky|ho chieu|ban chinh|gplx)"
    ),
    "change": r"thay doi|dieu chinh|sua|cai chinh|bo sung|\bdoi\b|dinh chinh|chuyen doi",
    "extend": r"gia han|het han|keo dai",
    "end": r"cham dut|giai the|thu hoi|xoa|huy bo|\bhuy\b|cat\b|tra lai",
    "pause": r"tam ngung|tam dung|dinh chi",
    "refuse": r"tu choi",
    "branch": r"chi nhanh|van phong dai dien|dia diem kinh doanh",
    "copy": r"ban sao|trich luc|sao y|ban chinh",
    "mobile": r"luu dong",
    "birth": r"khai sinh|moi de|moi sinh|so sinh",
    "death": r"khai tu|bao tu|chung tu\b|tu vong|mai tang|qua doi|tu tuat",
    "marriage": r"ket hon|hon nhan",
    "adoption": r"con nuoi",
    "land": r"\bdat\b|dat dai|thua dat",
    "vehicle": r"\bxe\b|phuong tien|bien so",
    "licence": r"giay phep lai xe|bang lai",
    "translation": r"nguoi dich|ban dich",
    "residence": r"thuong tru|tam tru|cu tru|luu tru|tam vang",
    "military": r"quan doi|quan nhan|bo quoc phong|bo cong an|cong an nhan dan|dan quan|bo doi|co yeu|nghia vu quan su",
    "ministry": r"cap bo|bo truong|trung uong|thuoc tham quyen.*\bbo\b",
    "online_link": r"lien thong",
    "organisation": r"doanh nghiep|cong ty|to chuc|co so\b|co quan|don vi",
    "customs": r"hai quan|xuat khau|nhap khau|tam nhap",
}
"""Things that make two services different although their names share most words. Each gives two features: the service
has it and the question does not, and the other way round."""

COMPILED = {name: re.compile(pattern) for name, pattern in CONTRASTS.items()}
