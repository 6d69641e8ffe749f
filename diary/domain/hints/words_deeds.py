"""Words for what hands, feet, mouth and pen do. Lower case with marks, each word in one list only."""

from .listed import listed

ACTS = listed(
    """
    ẵm, bàn, bào, bán, báo, băm, băng, bắc, bắt, bấm, bật, bẻ, bê, bế, bện, biếu, bịt, bỏ, bỏ ống, bóc, bón, bọc, bồng, bốc, bơi, bới,
    bợ, buộc, bưng, bừa, cai, cài, cày, cạo, căng, cắm, cắm trại, cắt, cắt dán, cầm, cất, cấy, chà, chải, chạy, chăm, chằng,
    chằng chống, chắn, chặn, chặt, châm, chấm, che, chèn, chèo, chép, chia, chiên, chiết, chỉnh, chích, cho ăn, chống, chốt, chơi,
    chờ, chở, chuyên, chuyền, chuyển, chụp, chữa, cõng, cọ, cột, cởi, cuộn, cúp, cứu, dán, dạy, dắt, dặm, dặn, dập, dậy, di dời, diễn,
    dìu, dịch, dò, dò bài, dọn, dỗ, dội, dời, dở, dỡ, dũa, dựng, đan, đào, đánh máy, đạp, đắp, đặt, đẩy, đấm, đấu, đem, đèo, đền,
    để dành, đếm, điền, đo, đong, đón, đóng, đóng đinh, đọc, đổ, đổi, đối, đốn, đốt, đỡ, đỡ đẻ, đợi, đun, đúc, đút, đục, đưa, đứng,
    ép, ép tim, gài, gác, gánh, gạn, gắn, gặt, gấp, ghé, ghép, ghi, giao, giải, giảng, giã, giăng, giặt, giấu, giật, gieo, gom, gõ,
    góp, gọi, gọt, gội, gỡ, gửi, hàn, hái, hát, hâm, hấp, hẹn, hiến, hong, hỏi, họp, hô, hô hấp, hốt, hút, hứng, in, kèm, kẻ, kê, kể,
    khai, khám, khâu, khép, khiêng, khoan, khóa, khơi, kiểm, kỳ, lau, lau người, lái, lát, lạy, lắp, lặn, lặt, lấp, lấy ven, lập, leo,
    lót, lọc, lôi, lội, lột, lợp, luộc, luyện, lùa, lục, lượm, lưu, mang, massage, may, may vá, mài, mắc, moi, mò, mổ, mời, mở, mớm,
    mua, múa, múc, mượn, nạo, nằm, nắn, nâng, nấu, neo, ném, ngâm, ngồi, nhắc, nhắn, nhặt, nhấc, nhận, nhận lỗi, nhập, nhịn, nhóm,
    nhổ, nhúng, nhường, níu, nối, nộp, nuôi, nướng, ôn, pha, phát, photo, phơi, phun, quay, quăng, quấn, quét, quẹt, quyên, rang, rà,
    rán, rắc, rèn, rót, ru, rủ, rút, rước, rửa, san, san sẻ, sang, sao, sắm, sấy, scan, siết, soát, soạn, soi, sơ cứu, sơ tán, sửa,
    tải, tách, tát, tạt, tắm, tắt, tặng, thay, thay tã, thả, thái, tháo, thăm, thắp, thắt, thêu, thi, thông, thồ, thổi, thu, thuyết,
    thử, thức, tiêm, tiết kiệm được, tiện, tìm, tỉa, tô, tra, tra cứu, trao, trả, trải, trám, treo, trèo, trét, trình, trích, trói,
    trồng, trộn, trở mình, truyền, trực, tuốt, tưới, từ chối, uốn, ủ, ủi, ươm, vá, vác, vắt, vặn, vẽ, vét, viếng, viết, vo, vót, vớt,
    vứt, xay, xào, xả, xách, xắn, xắt, xây, xếp, xin, xịt, xoa, xóa, xông, xối, xới, xúc,
    """
)
"""Verbs of one doing that can be seen; the general ones ("làm", "học", "đi") are common words."""

DEEDS = listed(
    """
    bàn giao, biên tập, bốc xếp, cài đặt, cấp phát, chạy bộ, chăm cây, chấm bài, chép lại, chi trả, chở đi, chụp ảnh, dán nhãn,
    dạy kèm, dắt qua, dậy sớm, dịch tài liệu, dọn dẹp, dọn kho, dọn vệ sinh, dùng lại, dự giờ, đạp xe, đề xuất, đến sớm, đi bộ,
    đi thăm, đo huyết áp, đón tiếp, đọc sách, đọc tài liệu, đối chiếu, đưa đón, gác chốt, gây quỹ, ghi chép, giải đáp, giải ngân,
    gom rác, góp ý, gọi điện, hiến máu, hòa giải, in hai mặt, kèm học, khám bệnh, khơi thông, khuân, kiểm kê, kiểm tra, lau chùi,
    làm báo cáo, làm thêm giờ, làm video, lắp đặt, lấy mẫu, lập bảng, lập danh sách, lập kế hoạch, mang bình, mở lớp, nạo vét,
    nấu cháo, nấu cơm, nhắn tin, nhặt được, nhặt rác, nhập dữ liệu, nhập liệu, nhường ghế, nuôi heo đất, ôn bài, ôn tập, ở lại,
    phát cháo, phát quang, phát thuốc, phát tờ rơi, phân loại, phân luồng, phụ đạo, quay video, quét dọn, quyên góp, rà soát, sao lưu,
    sắp xếp, soạn bài, soạn giáo án, soạn thảo, số hóa, sơn lại, sửa chữa, sửa máy, sửa xe, tắt đèn, tắt điện, tắt máy, tắt quạt,
    tặng quà, tận dụng, tập thể dục, thao giảng, thay băng, thay bóng, thiết kế, thống kê, thu gom, thu hồi, thuyết trình, tiêm phòng,
    tiếp công dân, tiếp dân, tiếp nhận, tổng hợp, tổng vệ sinh, trao quà, trao tặng, trả lại, trả lời, treo biển, trình bày,
    trồng cây, trồng hoa, trực đêm, trực hè, trực tết, tuần tra, tuyên truyền miệng, tưới cây, vá đường, vận chuyển, vẽ tranh,
    viết bài, viết báo cáo, vớt bèo, xét nghiệm, xin lỗi,
    """
)
"""Deeds as they are named: each says what was done by itself."""
