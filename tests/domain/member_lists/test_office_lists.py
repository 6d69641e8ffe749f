"""Lists as offices keep them, made up one by one: what each of them says, and what it must not be taken to say."""

from datetime import date, datetime

import pytest

from diary.domain.member_lists import Gender, read_member_list
from diary.domain.sheets import Sheet

TODAY = date(2026, 11, 23)
M, F = Gender.MALE, Gender.FEMALE
X = None


def read(*sheets):
    return read_member_list([Sheet(name, tuple(map(tuple, rows))) for name, rows in sheets], TODAY)


def said(each):
    born = f"{each.born_on:%d/%m/%Y}" if each.born_on else str(each.birth_year or "")
    place = " / ".join(filter(None, (each.base_name, each.branch_name)))
    return " | ".join(
        filter(None, (f"{each.family_name} {each.given_name}", born, each.gender and each.gender.value[0], place, each.post, each.phone))
    )


LISTS = {
    "a head of two rows with merged cells, ticks under Nam and Nữ, columns counted below": (
        [
            (
                "Sheet1",
                [
                    ["TỈNH ĐOÀN MẪU", X, X, X, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                    ["ĐOÀN KHỐI CÁC CƠ QUAN", X, X, X, "Độc lập - Tự do - Hạnh phúc"],
                    ["CHI ĐOÀN SỞ TƯ PHÁP"],
                    [X, X, "DANH SÁCH TRÍCH NGANG ĐOÀN VIÊN"],
                    [X, X, "(Tính đến ngày 31 tháng 12 năm 2012)"],
                    [],
                    [
                        "Số\nTT",
                        "Họ và tên",
                        "Ngày, tháng, năm sinh",
                        X,
                        "Dân tộc",
                        "Tôn giáo",
                        "Trình độ",
                        X,
                        "Ngày vào Đoàn",
                        "Ngày vào Đảng",
                        X,
                        "Chức vụ",
                        X,
                    ],
                    [X, X, "Nam", "Nữ", X, X, "Văn hóa", "Chuyên môn", X, "Dự bị", "Chính thức", "Đoàn", "Chính quyền"],
                    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
                    [
                        1,
                        "Lý Thị Mẫu",
                        X,
                        "08/3/1990",
                        "Kinh",
                        "Không",
                        "12/12",
                        "ĐH Luật",
                        "26/3/2005",
                        "03/02/2011",
                        "03/02/2012",
                        "BT",
                        "Chuyên viên",
                    ],
                    [2, "Trần Văn Thử", "1/12/1988", X, "Khmer", "Phật", "12/12", "CĐ", "26/3/2004", X, X, X, "PGĐ"],
                    [X, "Tổng số: 02 đồng chí"],
                    [X, X, X, X, X, "Sóc Trăng, ngày … tháng … năm 2012"],
                    [X, "NGƯỜI LẬP BẢNG", X, X, X, "TM. BAN CHẤP HÀNH CHI ĐOÀN"],
                    [X, X, X, X, X, "BÍ THƯ"],
                    [],
                    [X, "Trần Văn Thử", X, X, X, "Lý Thị Mẫu"],
                ],
            )
        ],
        ["Lý Thị Mẫu | 08/03/1990 | f | Chi đoàn Sở Tư pháp | Bí thư", "Trần Văn Thử | 01/12/1988 | m | Chi đoàn Sở Tư pháp"],
    ),
    "groups inside the table, numbered anew, with a count of each": (
        [
            (
                "DSDV",
                [
                    ["ĐOÀN CƠ SỞ BỆNH VIỆN MẪU"],
                    ["DANH SÁCH ĐOÀN VIÊN"],
                    ["TT", "Họ tên đoàn viên", "Năm sinh", "Giới tính", "Chức vụ", "SĐT", "Ghi chú"],
                    ["I", "CHI ĐOÀN KHOA NỘI (2 đ/c)"],
                    [1, "LÝ THỊ MẪU", 1990, "Nữ", "Bí thư chi đoàn", "0912.345.678", X],
                    [2, "TRẦN VĂN THỬ", "1991", "Nam", "UV.BCH", "0912 345 679 - 0987654321", "đi học"],
                    ["II", "CHI ĐOÀN KHOA NGOẠI - GMHS:", X, X, X, X, X],
                    [1, "Võ Ý", "12/1992", "nữ", "PBT CĐ", 912345680, X],
                    ["II.1", "Tổ điều dưỡng"],
                    [2, "Ngô Sương", "00/00/1993", "Nữ", "ĐV", "84912345681", X],
                    ["III.", "Chi đoàn Phòng khám", X, X, X, X, X],
                    [1, "Kim Sa Rinh", "15/6/1994", "Nam", X, "(0912) 345-682", X],
                    ["", "Tổng cộng:", 5, "", "", "", ""],
                ],
            )
        ],
        [
            "Lý Thị Mẫu | 1990 | f | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Nội | Bí thư | 0912345678",
            "Trần Văn Thử | 1991 | m | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Nội | Ủy viên BCH | 0912345679",
            "Võ Ý | 1992 | f | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Ngoại - GMHS | Phó Bí thư | 0912345680",
            "Ngô Sương | 1993 | f | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Ngoại - GMHS | 0912345681",
            "Kim Sa Rinh | 15/06/1994 | m | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Phòng khám | 0912345682",
        ],
    ),
    "an empty column before the table, another inside, day month year apart, a code column": (
        [
            (
                "DS",
                [
                    [],
                    [X, "Chi đoàn: Kho bạc Mẫu"],
                    [
                        X,
                        "Stt",
                        "Mã ĐV",
                        "Họ, chữ đệm",
                        "Tên",
                        X,
                        "Ngày sinh",
                        X,
                        X,
                        "Phái",
                        "Số điện thoại di động",
                        "Địa chỉ Email",
                        "Ký tên",
                    ],
                    [X, X, X, X, X, X, "Ngày", "Tháng", "Năm"],
                    [X, "1", "DV001", "Lý Thị", "Mẫu", X, 8, 3, 1990, "Nữ", "912345678", "MAU@X.EXAMPLE", X],
                    [X, "2", "DV002", "Trần Văn", "Thử", X, "01", "12", "88", "Nam", "'0912345679", "thu@x.example ; b@x.example", X],
                    [X, "3", "DV003", "Võ", "Ý", X, X, X, 1992, "Nữ", X, X, X],
                ],
            )
        ],
        [
            "Lý Thị Mẫu | 08/03/1990 | f | Chi đoàn Kho bạc Mẫu | 0912345678",
            "Trần Văn Thử | 01/12/1988 | m | Chi đoàn Kho bạc Mẫu | 0912345679",
            "Võ Ý | 1992 | f | Chi đoàn Kho bạc Mẫu",
        ],
    ),
    "two columns of day/month and year": (
        [
            (
                "DS",
                [
                    ["TT", "Họ và tên", "Ngày tháng sinh", "Năm sinh", "Chi đoàn"],
                    [1, "Lý Mẫu", "08/3", 1990, "A"],
                    [2, "Trần Thử", "1-12", "1988", "A"],
                    [3, "Võ Ý", X, 1992, "B"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Chi đoàn A", "Trần Thử | 01/12/1988 | Chi đoàn A", "Võ Ý | 1992 | Chi đoàn B"],
    ),
    "cells with line breaks, days with a leading sign, names with remarks": (
        [
            (
                "Chi đoàn Đài Mẫu",
                [
                    [
                        "STT",
                        "HỌ VÀ TÊN\n(Chữ in hoa có dấu)",
                        "NGÀY THÁNG\nNĂM SINH",
                        "NỮ",
                        "CHỨC DANH\nTRONG ĐOÀN",
                        "ĐIỆN THOẠI\nLIÊN LẠC",
                    ],
                    ["01", "LÝ THỊ\nMẪU", "08-03-1990\n", "X", "Bí thư\nChi đoàn", "0912 345 678\n0912 345 679"],
                    ["02", "TRẦN VĂN THỬ (B)", "`01/12/1988", X, "P. Bí thư", "+84 (0) 912345680"],
                    ["03", "Đ/c Võ Ý ", " 5/ 6 /1992", "x", "Đoàn viên", "O912345681"],
                    ["04", "4. Ngô Sương", "ngày 7 tháng 8 năm 1993", X, "Uỷ viên ban chấp hành", "Không"],
                ],
            )
        ],
        [
            "Lý Thị Mẫu | 08/03/1990 | f | Chi đoàn Đài Mẫu | Bí thư | 0912345678",
            "Trần Văn Thử | 01/12/1988 | m | Chi đoàn Đài Mẫu | Phó Bí thư | 0912345680",
            "Võ Ý | 05/06/1992 | f | Chi đoàn Đài Mẫu | 0912345681",
            "Ngô Sương | 07/08/1993 | m | Chi đoàn Đài Mẫu | Ủy viên BCH",
        ],
    ),
    "people called like totals, signatures and units": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["TT", "Họ và tên", "Ngày sinh", "Phái"],
                    [1, "Tổng Cộng Mẫu", "1/1/1990", "Nam"],
                    [2, "Cộng Thị Mẫu", "2/1/1990", "Nữ"],
                    [3, "Đoàn Văn Thử", "3/1/1990", "Nam"],
                    [4, "Ký Thị Sương", X, X],
                    [5, "Ban Thị Hoa", X, X],
                    [6, "Bí Thị Thư", "4/1/1990", X],
                    [7, "Lập Văn Biểu", "5/1/1990", X],
                    [8, "Đoàn Trường Sơn Ca", X, X],
                    [X, "Tổng cộng: 8 đoàn viên (4 nữ)"],
                    [X, "Nữ:", 4],
                ],
            )
        ],
        [
            "Tổng Cộng Mẫu | 01/01/1990 | m | Chi đoàn Mẫu",
            "Cộng Thị Mẫu | 02/01/1990 | f | Chi đoàn Mẫu",
            "Đoàn Văn Thử | 03/01/1990 | m | Chi đoàn Mẫu",
            "Ký Thị Sương | Chi đoàn Mẫu",
            "Ban Thị Hoa | Chi đoàn Mẫu",
            "Bí Thị Thư | 04/01/1990 | Chi đoàn Mẫu",
            "Lập Văn Biểu | 05/01/1990 | Chi đoàn Mẫu",
            "Đoàn Trường Sơn Ca | Chi đoàn Mẫu",
        ],
    ),
    "no head at all": (
        [
            (
                "Chi đoàn Thuế Mẫu",
                [[1, "Lý Thị Mẫu", "Nữ", "08/03/1990", "0912345678"], [2, "Trần Văn Thử", "Nam", datetime(1988, 12, 1), 912345679]],
            )
        ],
        ["Lý Thị Mẫu | 08/03/1990 | f | Chi đoàn Thuế Mẫu | 0912345678", "Trần Văn Thử | 01/12/1988 | m | Chi đoàn Thuế Mẫu | 0912345679"],
    ),
    "a workbook with a cover, a total sheet and an empty one": (
        [
            ("Bìa", [["ĐOÀN CƠ SỞ SỞ Y TẾ"], ["DANH SÁCH ĐOÀN VIÊN"], ["Năm 2013"]]),
            (
                "TỔNG HỢP",
                [
                    ["STT", "Tên chi đoàn", "Số đoàn viên", "Nam", "Nữ", "Bí thư"],
                    [1, "Chi đoàn Khoa Nội", 2, 1, 1, "Lý Thị Mẫu"],
                    [2, "Chi đoàn Khoa Ngoại", 1, 1, 0, "Võ Ý"],
                    [X, "Tổng cộng", 3, 2, 1],
                ],
            ),
            (
                "CĐ Khoa Nội",
                [
                    ["ĐOÀN CƠ SỞ SỞ Y TẾ"],
                    ["CHI ĐOÀN KHOA NỘI"],
                    ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ"],
                    [1, "Lý Thị Mẫu", X, 1990, "Bí thư"],
                    [2, "Trần Văn Thử", 1988, X, X],
                ],
            ),
            (
                "CĐ Khoa Ngoại",
                [
                    ["ĐOÀN CƠ SỞ SỞ Y TẾ"],
                    ["CHI ĐOÀN KHOA NGOẠI"],
                    ["STT", "Họ và tên", "Nam", "Nữ", "Chức vụ"],
                    [1, "Võ Ý", 1992, X, "Bí thư"],
                ],
            ),
            ("Sheet4", []),
        ],
        [
            "Lý Thị Mẫu | 1990 | f | Đoàn cơ sở Sở Y tế / Chi đoàn Khoa Nội | Bí thư",
            "Trần Văn Thử | 1988 | m | Đoàn cơ sở Sở Y tế / Chi đoàn Khoa Nội",
            "Võ Ý | 1992 | m | Đoàn cơ sở Sở Y tế / Chi đoàn Khoa Ngoại | Bí thư",
        ],
    ),
    "sheets named by short names under one title": (
        [
            ("KHOA NỘI", [["BCH ĐOÀN BỆNH VIỆN MẪU"], ["CHI ĐOÀN KHOA NỘI"], ["STT", "Họ và tên", "Năm sinh"], [1, "Lý Mẫu", 1990]]),
            ("KHOA NGOẠI", [["BCH ĐOÀN BỆNH VIỆN MẪU"], ["CHI ĐOÀN KHOA NGOẠI"], ["STT", "Họ và tên", "Năm sinh"], [1, "Trần Thử", 1990]]),
        ],
        ["Lý Mẫu | 1990 | Đoàn Bệnh viện Mẫu / Chi đoàn Khoa Nội", "Trần Thử | 1990 | Đoàn Bệnh viện Mẫu / Chi đoàn Khoa Ngoại"],
    ),
    "parents' columns, contacts of the office, dates of others": (
        [
            (
                "Lớp",
                [
                    ["Chi đoàn Khoa Sư phạm"],
                    [
                        "STT",
                        "MSSV",
                        "Họ và tên",
                        "Ngày sinh",
                        "Nơi sinh",
                        "Họ tên cha",
                        "Năm sinh cha",
                        "Họ tên mẹ",
                        "ĐT gia đình",
                        "Điện thoại",
                        "Ngày cấp CMND",
                        "Số CMND",
                        "Ngày vào Đoàn",
                        "Nơi vào Đoàn",
                    ],
                    [
                        1,
                        "0901",
                        "Lý Mẫu",
                        "8/3/1990",
                        "Mẫu",
                        "Lý Cha",
                        1960,
                        "Võ Mẹ",
                        "0299123456",
                        "0912345678",
                        "1/1/2008",
                        "365123456",
                        "26/3/2005",
                        "THPT Mẫu",
                    ],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Chi đoàn Khoa Sư phạm | 0912345678"],
    ),
    "dittoes of every kind in unit columns, none elsewhere": (
        [
            (
                "DS",
                [
                    ["STT", "Họ và tên", "Năm sinh", "Đoàn cơ sở", "Chi đoàn", "Chức vụ", "Điện thoại"],
                    [1, "Lý Mẫu", 1990, "Đoàn cơ sở Mẫu", "Khoa Nội", "BT", "0912345678"],
                    [2, "Lý Hai", 1990, "nt", "-nt-", X, X],
                    [3, "Lý Ba", 1990, '"', "“", X, X],
                    [4, "Lý Tư", 1990, "- nt -", "NT", X, X],
                    [5, "Lý Năm", 1990, "''", "//", X, X],
                    [6, "Lý Sáu", 1990, "“ ”", "như trên", X, X],
                    [7, "Lý Bảy", 1990, X, "Chi đoàn Khoa Ngoại", X, X],
                    [8, "Lý Tám", 1990, X, X, X, X],
                    [9, "Lý Chín", 1990, "n/t", "n.t.", X, X],
                    [10, "Lý Mười", 1990, "--nt--", "(nt)", X, X],
                ],
            )
        ],
        ["Lý Mẫu | 1990 | Đoàn cơ sở Mẫu / Chi đoàn Khoa Nội | Bí thư | 0912345678"]
        + [f"Lý {n} | 1990 | Đoàn cơ sở Mẫu / Chi đoàn Khoa Nội" for n in ("Hai", "Ba", "Tư", "Năm", "Sáu")]
        + [f"Lý {n} | 1990 | Đoàn cơ sở Mẫu / Chi đoàn Khoa Ngoại" for n in ("Bảy", "Tám", "Chín", "Mười")],
    ),
    "merged unit cells: named once for the rows below": (
        [
            (
                "Toàn khối",
                [
                    ["DANH SÁCH ĐOÀN VIÊN TOÀN KHỐI"],
                    ["STT", "Đơn vị", "Họ và tên", "Ngày sinh", "Chức vụ"],
                    [1, "CHI ĐOÀN SỞ TƯ PHÁP", "Lý Mẫu", "8/3/90", "Bí thư"],
                    [2, X, "Trần Thử", "1/12/88", "UVBCH"],
                    [3, "Chi đoàn Đài Mẫu", "Võ Ý", "5/6/92", "Bí Thư"],
                    [4, X, "Ngô Sương", "7/8/93", "Đ.viên"],
                ],
            )
        ],
        [
            "Lý Mẫu | 08/03/1990 | Chi đoàn Sở Tư pháp | Bí thư",
            "Trần Thử | 01/12/1988 | Chi đoàn Sở Tư pháp | Ủy viên BCH",
            "Võ Ý | 05/06/1992 | Chi đoàn Đài Mẫu | Bí thư",
            "Ngô Sương | 07/08/1993 | Chi đoàn Đài Mẫu",
        ],
    ),
    "a head repeated on every page, totals of pages between": (
        [
            (
                "DS",
                [
                    ["CHI ĐOÀN BƯU ĐIỆN"],
                    ["STT", "Họ và tên", "Ngày sinh"],
                    [1, "Lý Mẫu", "8/3/1990"],
                    [X, "Cộng trang 1: 1"],
                    ["STT", "Họ và tên", "Ngày sinh"],
                    [2, "Trần Thử", "1/12/1988"],
                    [X, "Cộng mang sang", 2],
                    [X, "Trang 2/2"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Chi đoàn Bưu điện", "Trần Thử | 01/12/1988 | Chi đoàn Bưu điện"],
    ),
    "unaccented, typed long ago": (
        [
            (
                "DS",
                [
                    ["DANH SACH DOAN VIEN CHI DOAN SO TU PHAP"],
                    ["STT", "Ho va ten", "Ngay sinh", "Gioi tinh", "Chuc vu", "So dien thoai"],
                    [1, "Ly Thi Mau", "8/3/1990", "Nu", "Bi thu", "0912345678"],
                    [2, "Tran Van Thu", "1/12/1988", "Nam", "Uy vien", "01679345678"],
                    [X, "Tong cong: 2 doan vien"],
                    [X, "Nguoi lap bieu", X, X, "Bi thu"],
                ],
            )
        ],
        [
            "Ly Thi Mau | 08/03/1990 | f | Chi doan so tu phap | Bí thư | 0912345678",
            "Tran Van Thu | 01/12/1988 | m | Chi doan so tu phap | Ủy viên BCH | 0379345678",
        ],
    ),
    "numbers as text and floats, serial days, a total in the number's column": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["STT", "Họ tên", "Ngày sinh", "Giới", "SDT"],
                    [1.0, "Lý Mẫu", 32940.0, "Nữ.", 912345678.0],
                    ["2.", "Trần Thử", "32478", "NAM ", "0912345679.0"],
                    ["Tổng cộng: 2 đoàn viên", X, X, X, X],
                    ["Ngày 8 tháng 5 năm 2012"],
                    ["TM. BCH CHI ĐOÀN"],
                    ["Bí thư"],
                    ["Lý Mẫu"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | f | Chi đoàn Mẫu | 0912345678", "Trần Thử | 01/12/1988 | m | Chi đoàn Mẫu | 0912345679"],
    ),
    "zero-width signs, no-break spaces and decomposed letters": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["S\u200bTT", "Ho\u0323\u00a0va\u0300 te\u0302n", "Nga\u0300y sinh"],
                    [1, "\ufeffLý\u00a0Thị\u200b  Mẫu\u200e", "08/03/1990\u00a0"],
                    [2, "Tra\u0302\u0300n Thư\u0309", "\u200b1/12/1988"],
                ],
            )
        ],
        ["Lý Thị Mẫu | 08/03/1990 | Chi đoàn Mẫu", "Trần Thử | 01/12/1988 | Chi đoàn Mẫu"],
    ),
    "posts in many spellings": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["STT", "Họ và tên", "Năm sinh", "Chức vụ Đoàn hiện nay"],
                    *[
                        [number, f"Lý Mẫu {word}", 1990, post]
                        for number, (word, post) in enumerate(
                            [
                                ("An", "Bí thư chi đoàn"),
                                ("Ba", "BTCĐ"),
                                ("Ca", "B.Thư"),
                                ("Da", "P. Bí thư"),
                                ("En", "PBTCĐ"),
                                ("Ga", "Phó BT Chi đoàn"),
                                ("Ha", "P.BT"),
                                ("Hi", "UVBCH"),
                                ("Ho", "UV"),
                                ("Ka", "Ủy viên"),
                                ("La", "UV. BCH chi đoàn"),
                                ("Ma", "Ủy viên Ban Chấp hành Đoàn"),
                                ("Na", "UV BTV"),
                                ("Nu", "Đoàn viên"),
                                ("Oa", "ĐVTN"),
                                ("Pa", "Không"),
                                ("Sa", "BT Đoàn cơ sở"),
                                ("Ta", "Phó bí thư thường trực"),
                                ("Va", "Bí thư - Ủy viên BCH Đoàn Khối"),
                            ],
                            1,
                        )
                    ],
                ],
            )
        ],
        [
            f"Lý Mẫu {word} | 1990 | Chi đoàn Mẫu" + (f" | {post}" if post else "")
            for word, post in [
                ("An", "Bí thư"),
                ("Ba", "Bí thư"),
                ("Ca", "Bí thư"),
                ("Da", "Phó Bí thư"),
                ("En", "Phó Bí thư"),
                ("Ga", "Phó Bí thư"),
                ("Ha", "Phó Bí thư"),
                ("Hi", "Ủy viên BCH"),
                ("Ho", "Ủy viên BCH"),
                ("Ka", "Ủy viên BCH"),
                ("La", "Ủy viên BCH"),
                ("Ma", "Ủy viên BCH"),
                ("Na", "Ủy viên BTV"),
                ("Nu", ""),
                ("Oa", ""),
                ("Pa", ""),
                ("Sa", "Bí thư"),
                ("Ta", "Phó Bí thư"),
                ("Va", "Bí thư"),
            ]
        ],
    ),
    "titles in one cell with line breaks, unit named after Đơn vị": (
        [
            (
                "Sheet1",
                [
                    ["ĐOÀN KHỐI CÁC CƠ QUAN TỈNH\nCHI ĐOÀN NGÂN HÀNG MẪU\n***", X, "ĐOÀN TNCS HỒ CHÍ MINH"],
                    ["DANH SÁCH ĐOÀN VIÊN, THANH NIÊN"],
                    ["Stt", "Họ và tên khai sinh", "Sinh ngày", "GT", "Số đt", "Ghi chú"],
                    [1, "Lý Mẫu", "8/3/1990", "F", "0912345678", "Bí thư"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | f | Chi đoàn Ngân hàng Mẫu | 0912345678"],
    ),
    "unit on its own line after a label": (
        [
            (
                "Sheet1",
                [
                    [X, "Đơn vị:", "Đoàn cơ sở Công an Mẫu"],
                    [X, "Chi đoàn:", "Phòng Một"],
                    ["TT", "Họ tên", "Ngày sinh"],
                    [1, "Lý Mẫu", "8/3/1990"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Đoàn cơ sở Công an Mẫu / Chi đoàn Phòng Một"],
    ),
    "an export of another program: English heads, ISO days with a time": (
        [
            (
                "Export",
                [
                    ["No.", "Full name", "DOB", "Sex", "Phone", "Email", "Chi đoàn"],
                    ["1", "Lý Mẫu", "1990-03-08 00:00:00", "Female", "84912345678", "a@b.example", "Chi đoàn Mẫu"],
                    ["2", "Trần Thử", "1988-12-01T00:00:00", "Male", X, X, "Chi đoàn Mẫu"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | f | Chi đoàn Mẫu | 0912345678", "Trần Thử | 01/12/1988 | m | Chi đoàn Mẫu"],
    ),
    "months of one digit joined by spaces, two-digit years, day after a name of the week": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["TT", "Họ và tên", "Ngày sinh"],
                    [1, "Lý Mẫu", "08 3 1990"],
                    [2, "Trần Thử", "1.12.88"],
                    [3, "Võ Ý", "05/06/92"],
                    [4, "Ngô Sương", "7/8/04"],
                    [5, "Kim Sa", "09/tháng 9/1995"],
                    [6, "Lâm Hai", "1/1 /1990"],
                    [7, "Mai Ba", "1//1/1990"],
                    [8, "Tô Tư", "01,02,1990"],
                ],
            )
        ],
        [
            "Lý Mẫu | 08/03/1990 | Chi đoàn Mẫu",
            "Trần Thử | 01/12/1988 | Chi đoàn Mẫu",
            "Võ Ý | 05/06/1992 | Chi đoàn Mẫu",
            "Ngô Sương | 07/08/2004 | Chi đoàn Mẫu",
            "Kim Sa | 09/09/1995 | Chi đoàn Mẫu",
            "Lâm Hai | 01/01/1990 | Chi đoàn Mẫu",
            "Mai Ba | 01/01/1990 | Chi đoàn Mẫu",
            "Tô Tư | 01/02/1990 | Chi đoàn Mẫu",
        ],
    ),
    "departments under Roman numbers below a base": (
        [
            (
                "DS",
                [
                    ["ĐOÀN CƠ SỞ BỆNH VIỆN MẪU"],
                    ["TT", "Họ và tên", "Năm sinh"],
                    ["I", "Khoa Nội"],
                    [1, "Lý Mẫu", 1990],
                    ["II. PHÒNG HÀNH CHÍNH (1 đồng chí)"],
                    [1, "Trần Thử", 1991],
                    [X, "Tổ xe"],
                    [2, "Võ Ý", 1992],
                ],
            )
        ],
        [
            "Lý Mẫu | 1990 | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Nội",
            "Trần Thử | 1991 | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Phòng Hành chính",
            "Võ Ý | 1992 | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Phòng Hành chính",
        ],
    ),
    "a lone chi đoàn in the line right under the head": (
        [("Đoàn cơ sở Mẫu", [["TT", "Ghi chú", "Họ và tên", "Năm sinh"], [X, "Chi đoàn Khoa Nội:"], [1, X, "Lý Mẫu", 1990]])],
        ["Lý Mẫu | 1990 | Đoàn cơ sở Mẫu / Chi đoàn Khoa Nội"],
    ),
    "a chi đoàn's list whose bí thư signs beside a number, names of one word refused elsewhere": (
        [
            (
                "DS",
                [
                    ["Chi đoàn Mẫu"],
                    ["Stt", "Họ và tên", "Chức vụ", "Nam", "Nữ", "Ngày tháng năm vào Đoàn", "Trình độ CM", "LLCT", "Đảng viên", "Ghi chú"],
                    [1, "NGUYỄN THỊ ÁNH", "BT", X, "1990", "26.3.2006", "ĐH", "SC", "x", X],
                    [2, "Thạch Đa Ra", X, "8/3/1991", X, "26/03/06", "CĐ", X, X, "HĐ"],
                    ["Tổng cộng: 02 đ/c, trong đó nữ: 01 đ/c; đảng viên: 01 đ/c"],
                    ["Nơi nhận:", X, X, X, X, "TM. BCH CHI ĐOÀN"],
                    ["- Đoàn khối;", X, X, X, X, "BÍ THƯ"],
                    ["- Lưu.", X, X, X, X, "(đã ký)"],
                    [X, X, X, X, X, "Nguyễn Thị Ánh"],
                ],
            )
        ],
        ["Nguyễn Thị Ánh | 1990 | f | Chi đoàn Mẫu | Bí thư", "Thạch Đa Ra | 08/03/1991 | m | Chi đoàn Mẫu"],
    ),
    "a birthplace and an old home beside the birth, an identity number, a party card": (
        [
            (
                "DS",
                [
                    ["Chi đoàn Mẫu"],
                    [
                        "TT",
                        "Họ tên",
                        "Ngày, tháng, năm sinh",
                        "Nơi sinh",
                        "Quê quán",
                        "Nơi ở hiện nay",
                        "CMND/CCCD",
                        "Số thẻ đoàn viên",
                        "Ngày vào Đoàn TNCS Hồ Chí Minh",
                        "Nơi vào",
                        "Số ĐT liên lạc (Zalo)",
                    ],
                    [
                        "1",
                        "Lý Mẫu",
                        "08/3/1990",
                        "Mẫu",
                        "Mẫu",
                        "Số 8, đường 3/2",
                        "365123456",
                        "123456789",
                        "26/3/2006",
                        "Trường Mẫu",
                        "0912345678",
                    ],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Chi đoàn Mẫu | 0912345678"],
    ),
    "a table that begins far right and a legend below": (
        [
            (
                "DS",
                [
                    [X, X, X, "CHI ĐOÀN SỞ TƯ PHÁP"],
                    [X, X, X, "TT", "HỌ VÀ TÊN", "SINH NĂM", "NAM", "NỮ", "DÂN TỘC", "Đ.THOẠI"],
                    [X, X, X, "01", "Lý Thị Mẫu", 1990.0, X, "x", "kinh", "091 234 5678"],
                    [X, X, X, "02", "Trần Thử", 1991.0, "x", X, "KHMER", "0912.34.56.79"],
                    [X, X, X, "Cộng", 2, X, 1, 1],
                    [X, X, X, "* Ghi chú: x là có"],
                ],
            )
        ],
        ["Lý Thị Mẫu | 1990 | f | Chi đoàn Sở Tư pháp | 0912345678", "Trần Thử | 1991 | m | Chi đoàn Sở Tư pháp | 0912345679"],
    ),
    "names in three columns, and in two whose head is cut in the middle": (
        [
            ("Chi đoàn Mẫu", [["S.T.T", "Họ", "Tên đệm", "Tên", "N/s"], [1, "Lý", "Thị Ngọc", "Mẫu", 1990], [2, "Trần", X, "Thử", 1991]]),
            ("Chi đoàn Hai", [["TT", "HỌ VÀ", "TÊN", "NS", "Nữ (x)"], [1, "Võ Thị", "Ý", "1/2/1992", "x"]]),
        ],
        ["Lý Thị Ngọc Mẫu | 1990 | Chi đoàn Mẫu", "Trần Thử | 1991 | Chi đoàn Mẫu", "Võ Thị Ý | 01/02/1992 | f | Chi đoàn Hai"],
    ),
    "a sheet that counts the branches and names their bí thư beside the list itself": (
        [
            ("Tổng hợp", [["TT", "Chi đoàn", "Số lượng", "Họ và tên bí thư", "SĐT"], [1, "Chi đoàn Mẫu", 1, "Lý Mẫu", "0912345678"]]),
            ("Chi đoàn Mẫu", [["TT", "Họ tên", "Năm sinh"], [1, "Lý Mẫu", 1990]]),
        ],
        ["Lý Mẫu | 1990 | Chi đoàn Mẫu"],
    ),
    "departments under Đơn vị: branches of a base, mere workplaces in a chi đoàn": (
        [
            (
                "1. Đoàn cơ sở Bệnh viện Mẫu",
                [["TT", "Họ và tên", "Năm sinh", "Đơn vị"], [1, "Lý Mẫu", 1990, "Khoa Nội"], [2, "Trần Thử", 1991, "nt"]],
            ),
            ("2. Chi đoàn Kho bạc Mẫu", [["TT", "Họ và tên", "Năm sinh", "Đơn vị"], [1, "Võ Ý", 1992, "Phòng Kế toán"]]),
        ],
        [
            "Lý Mẫu | 1990 | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Nội",
            "Trần Thử | 1991 | Đoàn cơ sở Bệnh viện Mẫu / Chi đoàn Khoa Nội",
            "Võ Ý | 1992 | Chi đoàn Kho bạc Mẫu",
        ],
    ),
    "groups of two levels, bases and their branches": (
        [
            (
                "Toàn khối",
                [
                    ["TT", "Họ và tên", "Năm sinh"],
                    ["A", "ĐOÀN CƠ SỞ SỞ Y TẾ"],
                    ["I", "Chi đoàn Khoa Nội"],
                    [1, "Lý Mẫu", 1990],
                    ["II", "Chi đoàn Khoa Ngoại"],
                    [1, "Trần Thử", 1991],
                    ["B", "CHI ĐOÀN KHO BẠC"],
                    [1, "Võ Ý", 1992],
                ],
            )
        ],
        [
            "Lý Mẫu | 1990 | Đoàn cơ sở Sở Y tế / Chi đoàn Khoa Nội",
            "Trần Thử | 1991 | Đoàn cơ sở Sở Y tế / Chi đoàn Khoa Ngoại",
            "Võ Ý | 1992 | Chi đoàn Kho bạc",
        ],
    ),
    "groups of one level, a base with people of its own among branches": (
        [
            (
                "Toàn khối",
                [
                    ["TT", "Họ và tên", "Năm sinh"],
                    ["I. Đoàn cơ sở Sở Y tế"],
                    [1, "Lý Mẫu", 1990],
                    ["II. Chi đoàn Kho bạc"],
                    [1, "Trần Thử", 1991],
                    ["Đoàn cơ sở Công an"],
                    ["Chi đoàn Phòng Một"],
                    [1, "Võ Ý", 1992],
                ],
            )
        ],
        [
            "Lý Mẫu | 1990 | Đoàn cơ sở Sở Y tế",
            "Trần Thử | 1991 | Chi đoàn Kho bạc",
            "Võ Ý | 1992 | Đoàn cơ sở Công an / Chi đoàn Phòng Một",
        ],
    ),
    "notes between the rows and under the table": (
        [
            (
                "Chi đoàn Mẫu",
                [
                    ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Ghi chú"],
                    [1, "Lý Mẫu", "8/3/1990", "Bí thư", "Ủy viên BCH Đoàn khối"],
                    [X, X, X, X, "(từ 2011)"],
                    [2, "Trần Thử", "1/12/1988", X, "chuyển sinh hoạt ngày 01/5/2012"],
                    ["Ghi chú: danh sách này có 2 đoàn viên"],
                    ["* Đoàn viên mới kết nạp: không"],
                    [X, "Danh sách này có 02 đồng chí."],
                    [X, X, X, "Mẫu, ngày 08/5/2012"],
                    [X, "Người lập danh sách", X, "T.M CHI ĐOÀN"],
                    [X, "(Ký, ghi rõ họ tên)", X, "Bí thư"],
                    [X, "Trần Thử", X, "Lý Mẫu"],
                    [X, X, X, "XÁC NHẬN CỦA CẤP ỦY"],
                    [X, X, X, "Phó Bí thư"],
                ],
            )
        ],
        ["Lý Mẫu | 08/03/1990 | Chi đoàn Mẫu | Bí thư", "Trần Thử | 01/12/1988 | Chi đoàn Mẫu"],
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_says_what_its_office_meant(kind):
    sheets, wanted = LISTS[kind]
    found = read(*sheets)
    assert [said(each) for each in found.people] == wanted
    assert [(each.name, each.reason) for each in found.refused] == []
    assert found.rows_read == len(wanted)
