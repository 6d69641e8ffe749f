"""Words by which a text shows where, with whom, when and how much. Lower case with marks."""

from .listed import listed

PLACES = listed(
    """
    ban, biển, buôn, bàn, bản, bến, bếp, bệnh, bờ, chùa, chốt, chợ, công, căng, cơ, cảng, cầu, cổng, ga, giường, huyện, hành, hội,
    kho, khoa, khóm, kênh, ký, lang, làng, lớp, mương, nghĩa, ngách, ngõ, nhà, phòng, phường, phố, quan, quảng, quầy, quận, ruộng,
    rẫy, suối, sân, sông, sở, thang, thành, thôn, thư, tin, trang, trường, trạm, trụ, túc, tượng, tầng, tỉnh, tổ, viên, viện, vườn,
    xá, xã, xóm, đài, đường, đảo, đền, đồn, đồng, ấp, ủy,
    """
)
"""Words for places: they count only after one of AT."""

AT = listed(
    """
    bên, cho, của, dưới, dọc, dọn, gần, lau, lên, ngoài, quanh, quét, ra, sang, trong, trước, tại, từ, vào, về, xuống, đến, ở,
    """
)
"""Words that lead to a place."""

PEOPLE = listed(
    """
    anh, binh, bà, bác, bè, bé, bạn, bệnh, bố, bộ, chiến, cháu, chí, chú, chị, con, cán, cô, công, cậu, cụ, cựu, dân, dì, dưỡng, em,
    gia, già, giáo, huynh, hàng, học, hộ, khách, kế, liệt, lái, mẹ, mọi, mợ, nghiệp, người, nhi, nhà, nhân, nhóm, niên, phụ, sinh, sĩ,
    thanh, thiếu, thân, thí, thím, thương, thầy, toán, trẻ, tá, tân, viên, xe, xóm, y, ông, điều, đoàn, đình, đồng,
    """
)
"""Words for people; a single one counts only after one of LEADS or a number."""

LEADS = listed(
    """
    biếu, bế, cho, chở, các, cõng, cùng, của, dìu, dạy, dắt, giúp, gặp, gọi, hỏi, hộ, kèm, mấy, mời, nhà, nhường, nhắc, thăm, tặng,
    từ, với, đón, đưa, đỡ,
    """
)
"""Words after which one who is named so is somebody else than the writer."""

MOMENTS = listed(
    """
    ba mươi tết, ba tuần nay, buổi chiều, buổi sáng, buổi tối, buổi trưa, bữa giờ, bữa kia, bữa nay, bữa qua, bữa trước, ca đêm,
    ca trực, cả buổi, cả buổi chiều, cả buổi sáng, cả đêm, chiều hôm qua, chiều nay, chiều qua, chiều thứ, chủ nhật, cuối buổi,
    cuối ca, cuối giờ, cuối tuần, dịp tết, đầu buổi, đầu ca, đầu giờ, đêm giao thừa, đêm nay, đêm qua, gần trưa, giải lao,
    giờ giải lao, giờ nghỉ, giờ ra chơi, giữa ca, giữa giờ, giữa trưa, hai tháng nay, hai tuần nay, hôm bữa, hôm kia, hôm nay,
    hôm qua, hôm trước, hồi chiều, hồi nào giờ, hồi sáng, hồi tối, hồi trưa, hổm rày, khuya nay, kỳ nghỉ, mấy bữa nay, mấy hôm nay,
    mấy tuần nay, một tháng nay, mùng hai, mùng một, ngày nghỉ, nghỉ giải lao, nghỉ hè, nghỉ tết, nghỉ trưa, nửa đêm, nửa tháng nay,
    ra chơi, rạng sáng, rằm, sau giờ, sáng hôm nay, sáng nay, sáng qua, sáng sớm, sáng thứ, sáng thứ bảy, suốt buổi, suốt đêm, tan ca,
    tan học, tan làm, tan trường, tháng nay, tháng này, thứ ba, thứ bảy, thứ hai, thứ năm, thứ sáu, thứ tư, tinh mơ, tối hôm qua,
    tối nay, tối qua, tối thứ, trưa hôm qua, trưa nay, trước giờ, tuần nay, tuần này, tuần qua em đã, tuần rồi, tuần trước,
    tuần vừa rồi, từ đầu năm, từ đầu tháng, từ đầu tuần, xế chiều,
    """
)
"""When something was done."""

COUNTED = listed(
    """
    ba, bảy, bốn, chín, chục, dăm, đôi, hai, mấy, một, mười, năm, nghìn, nửa, sáu, tám, trăm,
    """
)
"""Numbers in words: each counts only before one of UNITS ("hai" alone may be anything)."""

UNITS = listed(
    """
    bao, buổi, bài, bàn, bình, bó, bạn, bệnh, bộ, ca, chai, chiếc, chuyện, cháu, chỗ, con, cuốn, cuộc, cái, câu, cây, cụ, dòng, em,
    ghế, gia, giường, giờ, gói, học, hồ, hộ, hộp, hợp, kg, khách, ki, km, lít, lô, lượt, lần, lỗi, lớp, máy, mét, mẫu, nghìn, ngày,
    người, nhà, nhân, phiếu, phút, phần, quyển, sinh, suất, sơ, tháng, thùng, tiết, trang, triệu, trường, tuần, túi, tập, tờ, vé,
    vòng, vị, xe, ý, đêm, đình, đôi, đơn, đồng,
    """
)
"""What is counted."""
