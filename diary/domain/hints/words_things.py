"""Words for things that can be seen, touched or counted in everyday life. Lower case with marks."""

from .listed import listed

THINGS = listed(
    """
    ao, app, ảnh, áo, áo ấm, áo dài, áo mưa, áo trắng, ấm, ba lô, balo, bao, bao ni lông, bao nilon, bao tải, bài hát, bài kiểm tra,
    bài tập, bài thơ, bài toán, bài văn, bàn cờ, bàn ghế, bàn học, bàn phím, bàn tay, bàn thờ, bản đồ, bản photo, bản sao, bản vẽ,
    bảng, bảng đen, bảng tên, bảng tính, bảo hiểm y tế, bảo hộ, bão, bánh, bánh chưng, bánh mì, bánh tét, báo cũ, bát, bạt,
    băng cá nhân, băng gạc, băng rôn, bắp, bèo, bê tông, bếp, bếp ga, bệnh án, bhyt, bia, bia mộ, bia rượu, biên bản, biên lai,
    biển báo, biển hiệu, bìa, bình, bình chữa cháy, bình giữ nhiệt, bình nước, bỉm, bịch, bong gân, bò, bó rau, bóng, bóng đá,
    bóng đèn, bóp, bọ gậy, bông, bồn, bồn cầu, bồn hoa, bu lông, bùn, búa, bún, bút, bút chì, bụng, bưởi, bưu thiếp, ca, ca mổ, cam,
    camera, can, canh, cà phê, cành, cành cây, cá, cám, cáp, cát, căn cước, cặp, cặp sách, cân, câu hỏi, cây, cây bút, cây giống,
    cây số, cây xanh, cầu chì, cầu dao, cầu lông, cầu thang, cccd, chai, chai nhựa, chảo, cháo, chăn, chậu, chậu hoa, chè, chén,
    chi tiết, chiếc, chiếu, chim, chìa khóa, chó, chồng, chổi, chuồng, chuối, chuột, chuột máy tính, chuyến, chuyến xe, chứng từ,
    clip, cmnd, co giật, con dấu, container, cỏ, cỏ dại, cọc tiêu, cọng, công tắc, công thức, công văn, cồn, cổ họng, cốc, cống,
    cột cờ, cơm, cơm hộp, cơn sốt, cờ, cua, cuốc, cuốn, cuốn tập, cuộc gọi, củi, cưa, cửa, cửa sổ, cứu sinh, da, danh sách, dao, dây,
    dây chuyền, dây điện, dây thừng, dầu, dép, dê, dòng, drap, dưa, dừa, dữ liệu, đàn, đá, đá mi, đám cháy, đầu gối, đất, đậu, đèn,
    đèn đường, đề, đề cương, đề thi, đệm, điều hòa, điện, điện thoại, điện tim, đinh, đò, đồ, đồ chơi, đồ cũ, đồ dùng, đồ đạc,
    đồng bạc, đồng hồ, đống, đơn, đơn thuốc, đũa, đường huyết, đường phèn, email, excel, ga, game, gà, gãy, gáy, gạc, gạch, gạo, găng,
    găng tay, ghe, ghế, ghế đá, ghế nhựa, giày, giá gỗ, giá sách, gián, giáo án, giấy, giấy a4, giấy khai sinh, giấy nháp, giấy tờ,
    giấy vụn, giẻ, giẻ lau, giỏ quà, gió, giống, giường, google, gói, gỗ, gốc cây, gối, gram, hàng hóa, hàng rào, hành lang,
    hạt giống rau, heo, heo đất, hình, ho, hoa, hoa quả, hóa chất, hóa đơn, học bổng, hồ sơ, hốt rác, hộ khẩu, hộp, hộp cơm, hột,
    hợp đồng, huyết áp, hương, inox, insulin, kéo, kẹo, kẹp, kết quả xét nghiệm, kệ, kg, khay, kháng sinh, khăn, khăn lau, khăn quàng,
    khẩu trang, kho, khoai, khoai mì, khói, khuôn, kiến, kiện, kim, kim tiêm, kí, kính, km, ký, laptop, lá, lá cây, lá khô, lá thư,
    lạc, lăng quăng, lều, liềm, linh kiện, lì xì, lít, lịch, lịch trực, loa, lon, lò, lọ, lô hàng, lồng, lỗi, lốp, lợn, luống,
    luống rau, lũ, lúa, lục bình, lưng, lương, lưới, lưới đánh cá, lửa trại, ly, ly nước, ly trà, màn, màn hình, mảnh, mã qr, mã số,
    mã vạch, mái nhà, mái tôn, máu, máy bơm, máy chiếu, máy đo, máy giặt, máy in, máy lạnh, máy may, máy móc, máy photo, máy tiện,
    máy tính, mạng, mạng xã hội, mắm, mắt kính, mặt đường, mặt giấy, mâm, mâm cỗ, mẫu, mẫu máu, mật khẩu, mèo, mét, mền, micro, miếng,
    mì, mì gói, mì tôm, mô hình, mồ hôi, mối, mối hàn, mộ, muỗi, muỗng, muối, mùng, mũ, mũ bảo hiểm, mũi sởi, mũi tiêm, mục lục, mưa,
    mương, nạng, nắm, nắng, nắp cống, nệm, ngàn, ngày lương, ngất, ngập, nghìn đồng, ngoại ngữ, ngói, ngón tay, ngô, ngôn ngữ ký hiệu,
    nhang, nhà vệ sinh, nhãn, nhật ký, nhiệt kế, nhớt, nhựa, ni lông, nilon, nón, nón bảo hiểm, nồi, nước, nước cất, nước mắm,
    nước rửa tay, nước sạch, ong, oresol, otp, oxy, ô tô, ổ bánh mì, ổ cắm, ổ điện, ổ gà, ổ khóa, ốc, ốc bươu, ống heo, ống hút,
    ống nghiệm, ống nước, ống tiêm, pallet, phanh, phao, phà, phác đồ, phân, phân bón, phần cơm, phần mềm, phần quà, phấn, phiếu,
    phích, phong bì, phôi, phở, pin, powerpoint, qr, quà, quạt, quạt trần, quần, quần áo, quyển, quỹ, rau, rau củ, rau muống, rào,
    rãnh, rác, rác thải, răng, rèm, rơm, ruộng, rượu, sàn, sàn nhà, sách, sách cũ, sách giáo khoa, sạc, sắn, sắt, siêu âm, sình, sỏi,
    sổ, sổ đỏ, sổ nháp, sổ sách, sổ tay, số điện thoại, số liệu, sốt, sơ đồ, sơn, sợi, suất, suất cơm, suất quà, sữa, tai nạn, taxi,
    tài khoản, tàu, tã, tẩy, tấm, tất, tập vở, tem, tệp, thang, thanh sắt, thau, thắng, thẻ, thẻ bảo hiểm, thẻ nhớ, thẻ sinh viên,
    thép, thiệp, thìa, thịt, thóc, thuốc, thuốc lá, thuyền, thùng, thùng rác, thùng xốp, thư, thư điện tử, thước, thức ăn, tiền,
    tiền lẻ, tiền mặt, tiền thưởng, tiền thừa, tiểu cầu, tiếng anh, tiếng khmer, tiếng mông, tiếng tày, tiếng thái, tiết học, tiktok,
    tin nhắn, toa, toa thuốc, tóc, tô cháo, tô phở, tôm, tôn, tờ, tờ báo, tờ đơn, tờ khai, tờ rơi, trang sách, trang web, trà, trà đá,
    trà sữa, trái cây, trại, trâu, trần, trật, tre, triệu đồng, trống, truyện, truyện tranh, trứng, tủ, tủ đồ, tủ lạnh, tủ sách,
    tủ thuốc, túi, túi nilon, tường, tượng, từ vựng, usb, ủng, ứng dụng, vaccine, vai, ván, ván ngồi, vắc xin, vé, vé số, vết loét,
    vết thương, video, viết bi, viết chì, viết lông, vitamin, ví, vít, vịt, vneid, vòi, vòi nước, vỏ, vỏ hộp, vôi, vở, vớ, vườn, vữa,
    x quang, xà beng, xăng, xấp, xe, xe buýt, xe cấp cứu, xe đạp, xe lăn, xe máy, xe rùa, xe tải, xẻng, xi măng, xích, xoài, xô,
    xuồng, facebook, zalo, fanpage, file, wifi, word,
    """
)
"""Things of house and street, school, hospital, office, field and workshop; animals, food, tools, papers."""
