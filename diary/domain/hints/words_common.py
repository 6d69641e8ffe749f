"""Words every text holds, good or empty: they weigh nothing. Lower case with marks."""

from .listed import listed

COMMON = listed(
    """
    ai, anh, à, ạ, ấp, ấy, ba mẹ, ban, bao giờ, bà con, bác sĩ, bạn, bạn đọc, bằng, bây giờ, bên cạnh, bệnh nhân, bệnh viện, biết, bị,
    bố mẹ, bộ đội, bởi, bớt, buổi, bữa, cao, cả, các, cái, cán bộ, câu, câu chuyện, cha mẹ, chẳng, chi đoàn, chiều, chiến sĩ, chỉ,
    chính, chị, cho, chung, chuyện, chúng, chưa, coi, con, con em, còn, có, cô, công chức, công nhân, công ty, cuối, cuộc, cùng, của,
    cũ, cũng, cụ thể là, dân, dễ, do, dù, dưới, dược sĩ, đang, đã, đặc biệt, đây, đầu, đấy, đều, để, đến, đi, điều, điều dưỡng, đoàn,
    đó, đôi khi, đôi lúc, đồng thời, đời, đủ, đúng, được, đừng, e, em, gặp, gần, gần đây, gia đình, giáo viên, giờ, giúp, giữa, gì,
    hay là, hàng, hằng, hết, hiện nay, hiện tại, hoặc, họ, học, học sinh, hôm, hôm nay, hôm qua, hơi, hơn, huyện, ít, k, kể chuyện,
    khá, khách, khách hàng, khi, khoa, khoảng, khó, không, kia, ko, là, làm, lại, lắm, lâu nay, lần, lên, lớn, lớp, lúc, lúc nào, m,
    mai, mà, mặc dù, mặt, mình, mọi, mỗi, một, mới, nay, nào, này, năm, năm học, năm nay, nên, nếu, ngay, ngày, nghe, nghĩ, ngoài,
    ngoài ra, người, người bệnh, người ta, người thân, nha, nhau, nhân viên, nhất, nhé, nhiều, nhỏ, nhớ, như, nhưng, những, niềm, nó,
    nói, nông dân, nỗi, nữa, ok, ở, phần, phòng, phụ huynh, phường, qua, quá, quận, quên, ra, rất, riêng, rồi, sai, sau, sáng,
    sinh viên, sống, suốt, sự, t, ta, tại, tại vì, tập, tên, tháng, thầy, thầy cô, thấy, thật, theo, thêm, thế, thiếu nhi, thiệt, thì,
    thôn, thường, tiếp, tỉnh, toàn, tôi, tối, tới, trẻ em, trên, trong, trưa, trường, trường học, trước, trước đây, tuần, tui, tuy,
    từ, từng, tự, ừ, và, vào, vẫn, vấn đề, vậy, về, việc, vì, vô, với, vụ, vừa, xa, xã, xem, xong, xóm, xuống, y tế,
    """
)
"""Grammar, time, general verbs, offices and the people one works with."""
