"""Words for what hands, feet, mouth and pen do. Lower case with marks, each word in one list only."""

from .listed import listed

ACTS = listed(
    """
    áp, ẵm, bàn, bào, bán, báo, băm, băng, bắc, bắt, bấm, bật, bẻ, bê, bế, bện, biếu, bịt, bỏ, bỏ ống, bóc, bón, bọc, bồng, bốc, bơi,
    bới, bợ, buộc, bưng, bừa, cai, can, cài, cào, cày, cạo, căng, cắm, cắm trại, cắt, cắt dán, cầm, cất, cấy, chà, chải, chạy, chăm,
    chằng, chằng chống, chắn, chặn, chặt, châm, chấm, che, chèn, chèo, chép, chia, chiên, chiết, chỉnh, chích, cho ăn, chôn, chống,
    chốt, chơi, chờ, chở, chuyên, chuyền, chuyển, chụp, chữa, cõng, cọ, cột, cởi, cuộn, cúp, cưa, cứu, dán, dạy, dắt, dặm, dặn, dập,
    dậy, di dời, diễn, dìu, dịch, dò, dò bài, dọn, dỗ, dội, dời, dở, dỡ, dựng, đan, đào, đánh máy, đạp, đắp, đặt, đầm, đẩy, đấm, đấu,
    đem, đeo, đền, để dành, đếm, điền, đo, đong, đón, đóng, đóng đinh, đọc, đổ, đổi, đối, đốn, đốt, đỡ, đỡ đẻ, đợi, đun, đúc, đút,
    đục, đưa, đứng, ép, ép tim, gài, gánh, gạn, gắn, gặt, gấp, ghé, ghép, ghi, giao, giải, giảng, giã, giăng, giặt, giấu, giật, gieo,
    gom, gõ, góp, gọi, gọt, gội, gỡ, gùi, gửi, hàn, hái, hát, hâm, hấp, hẹn, hiến, hong, hỏi, họp, hô, hô hấp, hốt, hút, hứng, in,
    kèm, kẻ, kê, kể, khai, khám, khâu, khép, khiêng, khoan, khóa, khơi, khuấy, khuyên, kiểm, kỳ, lau, lau người, lái, lát, lạy, lắc,
    lắp, lặn, lặt, lấp, lấy ven, lập, leo, livestream, lót, lọc, lôi, lội, lột, lợp, luộc, luyện, lùa, lục, lượm, lưu, mang, massage,
    may, may vá, mài, mắc, moi, mò, mổ, mời, mở, mớm, mua, múa, múc, mượn, nạo, nạt, nằm, nắn, nâng, nấu, neo, ném, ngâm, ngồi, nhắc,
    nhắn, nhặt, nhấc, nhận, nhập, nhịn, nhóm, nhổ, nhúng, nhường, níu, nối, nộp, nuôi, nướng, ôm, ôn, pha, phát, photo, phơi, phun,
    phủ, quay, quăng, quây, quấn, quét, quẹt, quyên, rang, rà, rải, rán, ráp, rắc, rèn, rót, ru, rủ, rút, rước, rửa, san, san sẻ,
    sang, sao, sắm, sấy, scan, siết, soát, soạn, soi, sơ cứu, sơ tán, sửa, tải, tách, tát, tạt, tắm, tắt, tặng, thay, thả, thái, tháo,
    thăm, thắp, thắt, thêu, thi, thông, thồ, thổi, thu, thuyết, thử, thức, tiêm, tiết kiệm được, tiện, tìm, tỉa, tô, tra, tra cứu,
    trao, trả, trải, trám, treo, trèo, trét, trình, trích, trói, trồng, trộn, trở mình, truyền, trực, tuốt, tủ, tưới, uốn, ủ, ủi, ươm,
    vá, vác, vắt, vặn, vẽ, vét, viếng, viết, vo, vót, vớt, vun, vứt, xay, xào, xả, xách, xắn, xắt, xây, xếp, xin, xịt, xoa, xóa, xông,
    xối, xới, xúc,
    """
)
"""Verbs of one doing that can be seen; the general ones ("làm", "học", "đi") are common words."""

DEEDS = listed(
    """
    an ủi, bàn giao, bày cho, bán giấy, bán hàng, bán phế liệu, bán ve chai, báo công an, báo thợ, báo trưởng khoa, băng bó, bắn vít,
    bắt ốc, bắt sâu, bế em, biên tập, bỏ ống heo, bóc vỏ, bón phân, bốc xếp, bơi ra, can ngăn, canh đê, canh lửa, cài app, cài đặt,
    cài phần mềm, cài vneid, cạo sơn, cắt băng, cắt cỏ, cắt điện, cân lại, cấp phát, cấy lúa, chạy bộ, chạy thể dục, chạy 3000 mét,
    chăm cây, chăn bò, chăn trâu, chặn xe, chấm bài, chấm công, che bạt, chèo thuyền, chèo xuồng, chép bài, chép lại, chép tay,
    chi trả, chỉ bài, chỉ cách, chỉ đường, cho gà ăn, cho heo ăn, cho mượn, chơi với, chở đi, chở gạo, chở giùm, chở hàng, chở về,
    chụp ảnh, chụp hình, chụp lại, chữa cháy, coi xe, cuốc đất, cúp cầu dao, dán bảng, dán nhãn, dạy bơi, dạy cháu, dạy chữ, dạy đàn,
    dạy em, dạy hát, dạy kèm, dạy múa, dạy tiếng anh, dạy toán, dạy vẽ, dạy võ, dắt qua, dập lửa, dậy sớm, dịch tài liệu, dò lại,
    dọn cỏ, dọn dẹp, dọn kho, dọn mộ, dọn vệ sinh, dùng lại, dự giờ, đan áo, đan len, đào giếng, đào hố, đào mương, đá bóng, đánh số,
    đạp xe, đăng bài, đăng ký hiến, đăng tin, đắp đê, đắp đường, đề xuất, đền tiền, để dành tiền, đếm lại, đến sớm, đi bộ, đi thăm,
    đi tuần, điền đơn, điền tờ khai, điều khiển giao thông, đo đường huyết, đo huyết áp, đo lại, đo nhịp tim, đón con, đón tiếp,
    đóng bàn, đóng ghế, đóng gói, đóng kệ, đọc báo, đọc cho, đọc sách, đọc tài liệu, đọc truyện, đổ bê tông, đổ đất, đổ rác,
    đối chiếu, đối soát, đưa bà, đưa cháu, đưa cơm, đưa cụ, đưa dư, đưa đi, đưa đón, đưa về, gác chốt, gặt lúa, gây quỹ, gấp chăn,
    gấp quần áo, ghi âm, ghi chép, ghi hình, ghi lại, ghi sổ, ghi tên, giải đáp, giải ngân, giảng bài, giảng hòa, giảng lại,
    giăng bạt, giặt đồ, giặt khăn, giặt rèm, gieo hạt, giữ em, giữ trẻ, giữ xe, gom chai, gom giấy, gom pin, gom quần áo, gom rác,
    gom sách, gom ve chai, gõ lại, gói bánh, gói quà, góp gạo, góp ngày lương, góp quần áo, góp sách, góp tiền, góp ý, gọi báo,
    gọi cho, gọi điện, gọi hỏi, gọi xe, gỡ bài, gỡ bẫy, gỡ dây, gỡ tờ rơi, gửi lại, gửi mail, gửi thư, hái cà phê, hái rau, hiến đất,
    hiến máu, hiến tạng, hiến tiểu cầu, hiến tóc, hòa giải, hướng dẫn bác, hướng dẫn cô, hướng dẫn cụ, in hai mặt, in lại, in ra,
    kèm bạn, kèm cháu, kèm em, kèm học, kể truyện, khám bệnh, khâu áo, khóa nước, khóa vòi, khơi thông, khuân, kiểm kê, kiểm lại,
    lau bàn, lau bảng, lau bia, lau chùi, lau cửa, lau kệ, lau kính, lau mộ, lau nhà, lau sàn, làm bảng, làm báo cáo, làm clip,
    làm cỏ, làm đồ chơi, làm thêm giờ, làm tủ sách, làm video, lắp đặt, lặn xuống, lặt rau, lấy máu, lấy mẫu, lập bảng, lập danh sách,
    lập kế hoạch, lập nhóm, lập quỹ, leo lên, leo núi, lội bùn, lội ruộng, lội suối, mang bình, may khẩu trang, mở lớp, mở tủ sách,
    mua gạo, mua giùm, mua giúp, mua hộ, mua sách, mua tặng, mua thuốc, nạo vét, nấu ăn, nấu cháo, nấu chè, nấu cỗ, nấu cơm, nấu nước,
    nấu xôi, ngồi cạnh, ngồi nghe, ngồi với, nhắn cho, nhắn tin, nhặt được, nhặt rau, nhặt rác, nhận lỗi, nhận sai, nhập dữ liệu,
    nhập liệu, nhập máy, nhịn ăn, nhịn trà sữa, nhổ cỏ, nhường áo, nhường chỗ, nhường cơm, nhường ghế, nhường suất, nói thật, nộp lại,
    nuôi heo đất, ôn bài, ôn tập, ở lại, phát cháo, phát cỏ, phát quang, phát thuốc, phát tờ rơi, phân làn, phân loại, phân luồng,
    phơi đồ, phơi lúa, phủ bạt, phụ đạo, quay clip, quay phim, quay video, quét dọn, quét hồ sơ, quét lá, quét lớp, quét mã, quét nhà,
    quét sân, quét vôi, quyên góp, rà soát, rắc vôi, ru em, rút phích, rút sạc, rửa bát, rửa chén, rửa ly, rửa rau, rửa tay,
    rửa vết thương, rửa xe, sao lưu, sao lưu dữ liệu, sắp xếp, soát lại, soạn bài, soạn giáo án, soạn thảo, số hóa, sơn lại,
    sơn tường, sửa bàn, sửa cầu, sửa chữa, sửa điện, sửa đường, sửa ghế, sửa lại, sửa lỗi, sửa mái, sửa máy, sửa ống nước, sửa quạt,
    sửa vòi, sửa xe, tảo mộ, tắt đèn, tắt điện, tắt máy, tắt máy lạnh, tắt nước, tắt quạt, tặng lại, tặng quà, tận dụng, tập bơi,
    tập chạy, tập đọc, tập múa, tập thể dục, tập văn nghệ, tập viết, thao giảng, thay băng, thay bóng, thay dây, thay drap, thay khóa,
    thay lốp, thay nước, thay tã, thay vòi, thắp hương, thắp nến, thắp nhang, thiết kế, thối dư, thối tiền, thống kê, thu gom,
    thu hồi, thuyết trình, thử máu, tiêm cho, tiêm phòng, tiếp công dân, tiếp dân, tiếp nhận, tỉa cành, tính lại, tổng hợp,
    tổng vệ sinh, trao quà, trao tặng, trả lại, trả lại phong bì, trả lời, trả tiền, trả ví, trải bạt, treo bảng, treo biển, trông em,
    trông trẻ, trồng cây, trồng hoa, trực ca, trực đêm, trực gác, trực hè, trực tết, tuần tra, tuốt lúa, tuyên truyền miệng, tưới cây,
    tưới hoa, tưới rau, từ chối, tự thú, ủi đồ, ủng hộ tiền, ươm cây, vá áo, vá đường, vá lỗi, vắt sổ, vặn vòi, vận chuyển, vẽ tranh,
    viếng mộ, viết bài, viết báo cáo, viết code, viết đơn, viết hộ, viết lại, viết phần mềm, viết tay, viết thư, vo gạo, vớt bèo,
    xét nghiệm, xin được, xin lại, xin lỗi, xin phép nghỉ, xóa game, xóa tin, xới đất,
    """
)
"""Deeds as they are named: each says what was done by itself."""
