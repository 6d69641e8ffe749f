"""How audit lines read: the actions and the things they were done to, in words. The keys are what services write."""

ACTION_LABELS = {
    "account_activate": "Kích hoạt tài khoản",
    "code_issue": "Cấp mã kích hoạt",
    "codes_issue": "Cấp nhiều mã kích hoạt",
    "document_issue": "Phát hành văn bản",
    "document_replace": "Thay văn bản",
    "document_reserve": "Lấy số văn bản",
    "document_withdraw": "Thu hồi văn bản",
    "documents_print": "In hàng loạt văn bản",
    "entry_add_words": "Bổ sung bài đã duyệt",
    "entry_delete": "Xóa bài nháp",
    "entry_edit": "Sửa bài",
    "entry_log": "Ghi bài",
    "entry_read": "Đọc bài của người khác",
    "entry_review": "Duyệt hoặc trả lại bài",
    "entry_review_undo": "Hoàn tác duyệt bài",
    "entry_send": "Gửi bài",
    "addition_review": "Duyệt hoặc trả lại phần bổ sung",
    "addition_review_undo": "Hoàn tác duyệt phần bổ sung",
    "evaluation_draft": "Lưu nháp tự đánh giá",
    "evaluation_move": "Chuyển bước đánh giá",
    "evaluations_decide": "Công nhận kết quả xếp loại",
    "evaluations_propose": "Đề nghị xếp loại",
    "install": "Cài đặt",
    "meeting_attendance": "Điểm danh họp xét",
    "meeting_ballot": "Ghi phiếu họp xét",
    "meeting_close": "Kết thúc họp xét",
    "meeting_notes": "Ghi biên bản họp xét",
    "meeting_open": "Mở họp xét",
    "meeting_reopen": "Mở lại họp xét",
    "member_add": "Thêm đoàn viên",
    "member_edit": "Sửa thông tin đoàn viên",
    "member_move": "Chuyển đoàn viên",
    "member_nudge": "Nhắc đoàn viên",
    "members_import": "Nhập danh sách đoàn viên",
    "password_change": "Đổi mật khẩu",
    "pledge_add": "Lập nội dung đăng ký",
    "pledge_close": "Ghi kết quả đăng ký",
    "pledge_delete": "Xóa đăng ký nháp",
    "pledge_edit": "Sửa nội dung đăng ký",
    "pledge_review": "Duyệt hoặc trả lại đăng ký",
    "pledge_review_undo": "Hoàn tác duyệt đăng ký",
    "pledge_send": "Gửi đăng ký",
    "post_end": "Cho thôi giữ chức vụ",
    "post_give": "Giao chức vụ",
    "sign_out_elsewhere": "Đăng xuất nơi khác",
    "unit_add": "Thêm tổ chức",
    "unit_close": "Đóng tổ chức",
    "unit_edit": "Sửa tổ chức",
    "unit_move": "Chuyển tổ chức",
    "unit_reopen": "Mở lại tổ chức",
    "virtue_set": "Sửa chuẩn mực",
    "year_lock": "Khóa sổ năm",
    "year_open": "Mở năm công tác",
    "year_scheme": "Chọn bộ tiêu chí",
    "year_unlock": "Mở lại sổ năm",
    "year_window": "Đặt thời gian",
}
SUBJECT_LABELS = {
    "account": "Tài khoản",
    "addition": "Phần bổ sung",
    "decision": "Quyết định",
    "document": "Văn bản",
    "entry": "Bài nhật ký",
    "evaluation": "Đánh giá",
    "member": "Đoàn viên",
    "member_list": "Danh sách đoàn viên",
    "pledge": "Nội dung đăng ký",
    "rating_meeting": "Họp xét xếp loại",
    "unit": "Tổ chức",
    "year": "Năm công tác",
}


def action_label(action: str) -> str:
    """What was done, in words; the key itself where no words were given to it yet."""
    return ACTION_LABELS.get(action, action)


def subject_label(subject: str) -> str:
    """What it was done to, in words; the key itself where no words were given to it yet."""
    return SUBJECT_LABELS.get(subject, subject)
