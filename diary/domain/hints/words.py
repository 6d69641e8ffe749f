"""Words by which a text shows what was done, where, with whom, when and how much; and the stock phrases that say nothing of it.

All in lower case with their marks; a text typed without marks is compared with the same words without them.
"""


def _listed(text: str) -> tuple[str, ...]:
    """The words and phrases of a list written with commas, one or many lines."""
    return tuple(word for word in (" ".join(part.split()) for part in text.split(",")) if word)


ACTS = _listed(
    """
    biếu, bàn, bán, bê, bón, băng, bơi, bấm, bật, bế, bịt, bốc, che, chia, chiếu, chép, chăm, chạy, chấm, chắn, chống, chờ, chở, chụp,
    chữa, cài, cân, cõng, cúp, cấy, cắt, cứu, dán, dìu, dạy, dậy, dắt, dịch, dọn, dựng, ghi, ghép, giao, giảng, giặt, gom, gác, gói,
    gấp, gặp, gặt, gọi, gọt, gỡ, gửi, hiến, hàn, hát, hâm, họp, hỏi, in, khiêng, khám, khâu, khóa, khơi, kiểm, kèm, kê, ký, lau,
    luyện, lót, lưu, lượm, lắp, mang, may, mua, múa, mượn, ngồi, nhường, nhận, nhập, nhắc, nhắn, nhặt, nhổ, nấu, nộp, pha, photo,
    phát, phơi, quay, quyên, quét, rang, rà, rót, rút, rửa, san, sao, scan, soát, soạn, sơn, sửa, thay, thuyết, tháo, thêu, thăm, thử,
    tiêm, tra, trao, treo, trình, trích, trả, trồng, trực, tách, tìm, tưới, tắt, tặng, tỉa, viết, vá, vác, vót, vặn, vẽ, vớt, xin,
    xách, xóa, xếp, ôn, đan, đo, đào, đón, đóng, đưa, đếm, đọc, đối, đổ, đổi, đỡ, đợi,
    """
)
"""Verbs that name something done with the hands or the pen; the general ones ("làm", "học", "đi") are left out."""

DEEDS = _listed(
    """
    biên tập, bàn giao, bốc xếp, chi trả, chép lại, chăm cây, chăm sóc, chạy bộ, chấm bài, chở đi, chụp ảnh, cài đặt, cấp phát,
    dán nhãn, dùng lại, dạy kèm, dậy sớm, dắt qua, dịch tài liệu, dọn dẹp, dọn kho, dọn vệ sinh, dự giờ, ghi chép, giải ngân,
    giải thích, giải đáp, gom rác, gác chốt, gây quỹ, góp ý, gọi điện, hiến máu, hòa giải, hướng dẫn, in hai mặt, khuân, khám bệnh,
    khơi thông, kiểm kê, kiểm tra, kèm học, kể chuyện, lau chùi, làm báo cáo, làm thêm giờ, làm video, lấy mẫu, lập bảng,
    lập danh sách, lập kế hoạch, lắp đặt, mang bình, mở lớp, nhường ghế, nhập dữ liệu, nhập liệu, nhắn tin, nhặt rác, nhặt được,
    nuôi heo đất, nạo vét, nấu cháo, nấu cơm, phát biểu, phát cháo, phát quang, phát thuốc, phát tờ rơi, phân loại, phân luồng,
    phụ đạo, quay video, quyên góp, quét dọn, rà soát, sao lưu, soạn bài, soạn giáo án, soạn thảo, sơn lại, sắp xếp, số hóa, sửa chữa,
    sửa máy, sửa xe, thao giảng, thay bóng, thay băng, thiết kế, thu gom, thu hồi, thuyết trình, thăm hỏi, thống kê, tiêm phòng,
    tiếp công dân, tiếp dân, tiếp nhận, trao quà, trao tặng, treo biển, trình bày, trả lại, trả lời, trồng cây, trồng hoa, trực hè,
    trực tết, trực đêm, tuyên truyền miệng, tuần tra, tư vấn, tưới cây, tận dụng, tập huấn, tập thể dục, tắt máy, tắt quạt, tắt điện,
    tắt đèn, tặng quà, tổng hợp, tổng vệ sinh, viết bài, viết báo cáo, vá đường, vận chuyển, vẽ tranh, vớt bèo, xin lỗi, xét nghiệm,
    ôn bài, ôn tập, đi bộ, đi thăm, điều tiết, đo huyết áp, đón tiếp, đưa đón, đạp xe, đến sớm, đề xuất, đọc sách, đọc tài liệu,
    đối chiếu, ở lại, ủng hộ,
    """
)
"""Deeds as they are named: each says what was done by itself."""

PLACES = _listed(
    """
    ban, biển, buôn, bàn, bản, bến, bếp, bệnh, bờ, chùa, chốt, chợ, công, căng, cơ, cảng, cầu, cổng, ga, giường, huyện, hành, hội,
    kho, khoa, khóm, kênh, ký, lang, làng, lớp, mương, nghĩa, ngách, ngõ, nhà, phòng, phường, phố, quan, quảng, quầy, quận, ruộng,
    rẫy, suối, sân, sông, sở, thang, thành, thôn, thư, tin, trang, trường, trạm, trụ, túc, tượng, tầng, tỉnh, tổ, viên, viện, vườn,
    xá, xã, xóm, đài, đường, đảo, đền, đồn, đồng, ấp, ủy,
    """
)
"""Words for places: they count only after one of AT."""

AT = _listed(
    """
    bên, cho, của, dưới, dọc, dọn, gần, lau, lên, ngoài, quanh, quét, ra, sang, trong, trước, tại, từ, vào, về, xuống, đến, ở,
    """
)
"""Words that lead to a place."""

PEOPLE = _listed(
    """
    anh, binh, bà, bác, bè, bé, bạn, bệnh, bố, bộ, chiến, cháu, chí, chú, chị, con, cán, cô, công, cậu, cụ, cựu, dân, dì, dưỡng, em,
    gia, già, giáo, huynh, hàng, học, hộ, khách, kế, liệt, lái, mẹ, mọi, mợ, nghiệp, người, nhi, nhà, nhân, nhóm, niên, phụ, sinh, sĩ,
    thanh, thiếu, thân, thí, thím, thương, thầy, toán, trẻ, tá, tân, viên, xe, xóm, y, ông, điều, đoàn, đình, đồng,
    """
)
"""Words for people; a single one counts only after one of LEADS or a number."""

LEADS = _listed(
    """
    biếu, bế, cho, chở, các, cõng, cùng, của, dìu, dạy, dắt, giúp, gặp, gọi, hỏi, hộ, kèm, mấy, mời, nhà, nhường, nhắc, thăm, tặng,
    từ, với, đón, đưa, đỡ,
    """
)
"""Words after which one who is named so is somebody else than the writer."""

MOMENTS = _listed(
    """
    buổi chiều, buổi sáng, buổi trưa, buổi tối, ca trực, ca đêm, chiều nay, chiều qua, chiều thứ, chủ nhật, cuối giờ, cuối tuần,
    dịp tết, giờ nghỉ, giữa trưa, hôm nay, hôm qua, nghỉ trưa, ngày lễ, sau giờ, sáng nay, sáng qua, sáng sớm, sáng thứ, tan làm,
    thứ ba, thứ bảy, thứ hai, thứ năm, thứ sáu, thứ tư, trưa nay, trước giờ, tuần này, tuần rồi, tuần trước, tối nay, tối qua,
    tối thứ, đêm qua, đầu giờ,
    """
)
"""When something was done."""

COUNTED = _listed(
    """
    ba, bảy, bốn, chín, chục, dăm, hai, mười, mấy, một, nghìn, năm, nửa, sáu, trăm, tám, đôi,
    """
)
"""Numbers in words: each counts only before one of UNITS ("hai" alone may be anything)."""

UNITS = _listed(
    """
    bao, buổi, bài, bàn, bình, bó, bạn, bệnh, bộ, ca, chai, chiếc, chuyện, cháu, chỗ, con, cuốn, cuộc, cái, câu, cây, cụ, dòng, em,
    ghế, gia, giường, giờ, gói, học, hồ, hộ, hộp, hợp, kg, khách, ki, km, lít, lô, lượt, lần, lỗi, lớp, máy, mét, mẫu, nghìn, ngày,
    người, nhà, nhân, phiếu, phút, phần, quyển, sinh, suất, sơ, tháng, thùng, tiết, trang, triệu, trường, tuần, túi, tập, tờ, vé,
    vòng, vị, xe, ý, đêm, đình, đôi, đơn, đồng,
    """
)
"""What is counted."""

STOCK = _listed(
    """
    5 điều bác hồ dạy, biết ơn, bài học, bác dạy, bác hồ, bình thường, bản lĩnh chính trị, bản thân, bảo vệ cuộc sống,
    bảo vệ môi trường, bổ ích, chia sẻ, chiến đấu, chung tay, chuyên môn, chuyên môn nghiệp vụ, chuyển đổi số, chào mừng,
    chí công vô tư, chính sách, chăm ngoan, chấp hành, chấp hành nghiêm, chấp hành tốt, chấp hành đúng, chất lượng công việc,
    chỉ tiêu, chống lãng phí, chống tham nhũng, chủ trương, chủ tịch hồ chí minh, cuộc sống, các hoạt động, các ngày lễ lớn,
    các nội dung, các phong trào, còn tồn tại, có ích, có ý thức, công bộc, công nghệ thông tin, công tác, công việc,
    công việc được giao, cương vị, cải cách hành chính, cảm thấy, cấp trên, cần kiệm liêm chính, cầu tiến, cố gắng, cống hiến,
    của công, duy trì, dân tộc, dạy và học, giàu đẹp, giúp đỡ, giúp đỡ bạn bè, giúp đỡ lẫn nhau, giúp đỡ mọi người,
    giúp đỡ đồng nghiệp, giản dị, giờ giấc, giữ gìn, góp phần, gương mẫu, gần dân, gặp khó khăn, hiếu với dân, hiểu dân, hiệu quả,
    hoài bão, hoàn thành, hoàn thành nhiệm vụ, hoàn thành tốt, hoàn thành xuất sắc, hoạt động của đoàn, hoạt động do đoàn,
    hoạt động đoàn, hy sinh, hài lòng của người bệnh, hài lòng của người dân, hài lòng của phụ huynh, hòa đồng, hôm nay làm việc,
    hăng hái, hướng tới, hạn chế, hằng ngày, hết lòng, hết mình, học hỏi, học tập, học tập làm theo, học tập và làm theo,
    học được nhiều điều, hứa, khiêm tốn, khuyết điểm, khám chữa bệnh, khó khăn, không có gì thay đổi, không lãng phí, không ngại khó,
    không ngại khổ, không ngừng, khắc phục, khắc phục hạn chế, kinh nghiệm, kiên định, kết quả đã đạt được, kịp thời, kỷ luật,
    lan tỏa, lan tỏa yêu thương, luôn, luôn luôn, làm dân tin, làm theo, làm theo lời bác, làm theo tấm gương, làm việc,
    làm được một việc tốt, lành mạnh, lãnh đạo phân công, lý tưởng, lập thành tích, lập trường, lịch sự, lối sống, lối sống lành mạnh,
    lời bác, lợi ích, lợi ích cá nhân, lợi ích tập thể, mọi công việc, mọi lúc, mọi người, mọi nơi, mọi việc, mỗi ngày một việc tốt,
    mỗi tuần một câu chuyện đẹp, một ngày, nghe dân nói, nghiêm, nghiêm túc, nghiệp vụ, nghị quyết, nguyện, nhiều công việc,
    nhiều điều, nhiệm vụ chuyên môn, nhiệm vụ được giao, nhiệt tình, nhân dân, như các tuần trước, như mọi ngày, niềm nở, niềm tin,
    noi gương, noi theo, nâng cao, nâng cao chất lượng, nâng cao trình độ, nâng cao ý thức, nêu cao, nêu gương, nói dân hiểu,
    nói đi đôi với làm, năm điều bác hồ dạy, năng động, nỗ lực, nội quy, phiền hà, phong cách, phong trào, phong trào thi đua,
    pháp luật, pháp luật của nhà nước, phát huy, phê bình, phương pháp chăm sóc, phương pháp giảng dạy, phấn đấu, phục vụ,
    phục vụ nhân dân, quan tâm, quy chế, quy định của cơ quan, quán triệt, quê hương, rèn luyện, rèn luyện bản thân,
    rèn luyện đạo đức, rất vui, sinh hoạt, sách nhiễu, sáng tạo, sát dân, sâu sắc, sẵn sàng, sẽ, sự hài lòng, tham gia,
    tham gia tích cực, tham gia đầy đủ, tham nhũng, theo gương bác, theo kế hoạch, theo lời bác dạy, theo quy định, theo đúng,
    thi đua, thành tích, thái độ, thường xuyên, thẳng thắn, thế hệ trẻ, thực hiện nghiêm, thực hiện tốt, thực hiện đúng,
    thực hiện đầy đủ, thực hành tiết kiệm, tinh thần, tinh thần trách nhiệm, tiên phong, tiến độ, tiếp tục, tiết kiệm,
    tiết kiệm chống lãng phí, trau dồi, trong công việc, trong sáng, trong sạch, trung thực, trung với đảng, truyền thống,
    trách nhiệm, trình độ chuyên môn, trưởng thành, tu dưỡng, tuyên truyền, tác phong, tình nguyện, tình yêu thương, tích cực,
    tư tưởng hồ chí minh, tư tưởng vững vàng, tư tưởng đạo đức phong cách, tấm gương đạo đức, tận tâm, tận tình, tận tụy,
    tận tụy với nghề, tốt, tổ quốc, tự giác, tự hào, tự phê bình, vi phạm, việc nên làm, việc tốt, vui vẻ, vâng lời, vâng lời thầy cô,
    vì cộng đồng, văn hóa công sở, văn minh, vận động, vệ sinh chung, vững mạnh, vững vàng, xin hứa, xung kích, xây dựng cơ quan,
    xây dựng đơn vị, xã hội, xứng đáng, yêu thương con người, yêu thương học sinh, yêu thương người bệnh, ý nghĩa, ý thức,
    ý thức trách nhiệm, đi đầu, điều bác hồ dạy, điều lệ đoàn, đoàn kết, đoàn kết nội bộ, đã đăng ký, đóng góp, đúng giờ giấc,
    đúng quy định, đúng tiến độ, đường lối, đường lối của đảng, được giao, được phân công, đạo đức, đất nước, đầy đủ, đồng bào,
    đổi mới, độc lập tự do, đức tính, ứng dụng công nghệ thông tin,
    """
)
"""Phrases of reports, slogans and resolutions. They are taken out before deeds are looked for."""
