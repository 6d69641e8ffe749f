"""Every route, and what each of the cast gets there, written down; a route nobody listed fails.

Whatever has a subject here belongs to `member` of chi đoàn Khối Nội. The columns, in order:
visitor · member (owner), new_member (same branch) · secretary, deputy · other_secretary (sister branch) · base_secretary,
bloc_secretary · inspector · administrator · stranger (a member elsewhere)

Marks: o let in (200, 303, or refused for what was sent: 400, 409) · 3 wrong role · 4 not theirs to know of · > asked to sign in
"""

import re
from types import SimpleNamespace

import pytest
from flask import Flask

from tests import factories, subjects
from tests.web.reading import hidden

COLUMNS = (
    None, "member", "new_member", "secretary", "deputy", "other_secretary", "base_secretary", "bloc_secretary", "inspector",
    "administrator", "stranger",
)  # fmt: skip
EVERYONE = "o oo oo o oo o o o"  # public pages
SIGNED_IN = "> oo oo o oo o o o"  # one's own account and the guide
MEMBERS = "> oo oo o oo o 3 o"  # a mere administrator keeps no diary
HALF_WAY = "> >> >> > >> > > >"  # only between the two steps of signing in
OWN_DRAFT = "> o4 44 4 44 4 4 4"  # what was never sent is known to its author only
OWN = "> o4 33 4 44 4 4 4"  # officers of the branch may read it, not change it
READ = "> o4 oo 4 44 4 4 4"  # the author, and the officers of the branch it was sent to
REVIEW = "> 34 oo 4 44 4 4 4"  # the author knows it, and never reviews it
READ_UP = "> o4 oo 4 oo o 4 4"  # figures and papers, up to the bloc and to inspectors
BRANCH_PAGE = "> 33 oo o 33 3 3 3"  # pages of branch officers
OWN_COMMENT = "> 33 o4 4 44 3 3 3"  # a comment the secretary kept
MANAGERS_PAGE = "> 33 oo o oo 3 3 3"  # pages of officers at every level
READERS_PAGE = "> 33 oo o oo o 3 3"  # the same, and inspectors
MANAGE = "> 34 oo 4 oo 3 4 4"  # change a member: officers of the branch and above
MANAGE_OR_ADMIN = "> 34 oo 4 oo 3 o 4"  # the same, and the administrator
UPLOADS = "> 33 44 4 44 3 3 3"  # an upload belongs to who sent it
UNIT_READ = "> 44 oo 4 oo o 4 4"  # a unit: its officers, those above, inspectors
UNIT_MANAGE = "> 44 oo 4 oo 3 4 4"  # settings of a branch
UNIT_TABLE = "> 33 oo 4 oo 3 3 3"  # the table of a branch: a page of officers, and only inspectors may not change it
UNIT_ABOVE = "> 44 33 4 oo 3 4 4"  # changing a unit or passing on its levels is for those above
YEARS = "> 33 33 3 3o o 3 3"  # work years: the bloc, and inspectors to read
YEARS_EDIT = "> 33 33 3 3o 3 3 3"  # work years: the bloc
BRANCH_ACT = "> 34 oo 4 33 3 4 4"  # acts of the branch on what its member knows of: papers
BRANCH_MEETING = "> 44 oo 4 33 3 4 4"  # acts of the branch nobody else takes
TRANSFER = "> o4 oo o oo o 4 4"  # both ends of a transfer, and the member
TRANSFER_ANSWER = "> 34 33 o oo 3 4 4"  # the receiving end, and those above it
TRANSFER_BACK = "> 34 oo 3 oo 3 4 4"  # the end that asked
OWN_RESULT = "> o4 44 4 44 4 3 4"  # nobody asks for another
BLOC_ACT = "> 34 33 4 3o 3 4 4"  # the bloc decides; who may read the level knows that it is there
LEAVE_OF = "> o4 oo 4 33 3 4 4"  # why a member is away: they and the officers of the branch; those above know the member only
IN_THE_HALL = "> oo oo 4 44 4 4 4"  # whoever belongs to the branch that meets
ABOVE_PAGE = "> 33 33 3 oo 3 3 3"  # what branches sent up
BASE_PAPER = "> 33 44 4 oo o 3 3"  # what a base sends up: its officers, the bloc, inspectors
BLOC_PAPER = "> 33 44 4 4o o 3 3"  # what the bloc decides, with the names of all: the bloc, and inspectors
ADMIN = "> 33 33 3 33 3 o 3"  # the administrator
SETTINGS = "> 33 33 3 3o 3 o 3"  # what the bloc sets for everyone: its committee, and the administrator
RESULTS_OUT = "> 33 33 3 3o 3 o 3"  # everyone's results as a list: the bloc, and the administrator, who exports
ADMIN_OF = "> 33 33 3 33 3 4 3"  # an account the administrator names

NO_FILE = "> 44 44 4 44 4 4 4"  # this job made no files; who gets those of one that did: tests/web/jobs/test_files.py
OWN_JOB = "> o4 44 4 44 4 o 4"  # long work: who asked for it, and the administrator

TABLE = {
    "GET /": SIGNED_IN,
    "GET /bo-phieu": SIGNED_IN,
    "POST /bo-phieu": SIGNED_IN,
    "GET /bo-phieu/dang-mo": SIGNED_IN,
    "GET /ca-nhan": SIGNED_IN,
    "POST /ca-nhan": SIGNED_IN,
    "POST /ca-nhan/dang-xuat-noi-khac": SIGNED_IN,
    "POST /ca-nhan/giao-dien": SIGNED_IN,
    "GET /ca-nhan/de-nghi-sua": MEMBERS,
    "POST /ca-nhan/de-nghi-sua": MEMBERS,
    "POST /ca-nhan/de-nghi/<uuid:request_id>/rut-lai": OWN_DRAFT,
    "POST /ca-nhan/tai-du-lieu": SIGNED_IN,
    "GET /ca-nhan/ai-da-doc": MEMBERS,
    "GET /ca-nhan/nhac-viec": SIGNED_IN,
    "POST /ca-nhan/nhac-viec": SIGNED_IN,
    "POST /ca-nhan/nhac-viec/lich": SIGNED_IN,
    "POST /ca-nhan/nhac-viec/may": SIGNED_IN,
    "POST /ca-nhan/nhac-viec/may/<uuid:device_id>/tat": OWN_DRAFT,
    "GET /lich/<token>.ics": EVERYONE,
    "GET /sw.js": EVERYONE,
    "GET /ca-nhan/xac-thuc": SIGNED_IN,
    "POST /ca-nhan/xac-thuc": SIGNED_IN,
    "POST /ca-nhan/xac-thuc/bat": SIGNED_IN,
    "POST /ca-nhan/xac-thuc/doi": SIGNED_IN,
    "POST /ca-nhan/xoa-du-lieu": MEMBERS,
    "GET /chi-doan": BRANCH_PAGE,
    "GET /chi-doan/ma-qr.png": BRANCH_PAGE,
    "POST /chi-doan/nhac-ca": BRANCH_MEETING,
    "POST /chi-doan/nhac": BRANCH_MEETING,
    "GET /chuyen-sinh-hoat": READERS_PAGE,
    "GET /chuyen-sinh-hoat/<uuid:transfer_id>": TRANSFER,
    "POST /chuyen-sinh-hoat/<uuid:transfer_id>/khong-nhan": TRANSFER_ANSWER,
    "POST /chuyen-sinh-hoat/<uuid:transfer_id>/rut-lai": TRANSFER_BACK,
    "POST /chuyen-sinh-hoat/<uuid:transfer_id>/tiep-nhan": TRANSFER_ANSWER,
    "GET /dang-ky": MEMBERS,
    "GET /dang-ky/<uuid:pledge_id>": READ,
    "POST /dang-ky/<uuid:pledge_id>/gui": OWN_DRAFT,
    "POST /dang-ky/<uuid:pledge_id>/ket-qua": OWN,
    "GET /dang-ky/<uuid:pledge_id>/sua": OWN,
    "POST /dang-ky/<uuid:pledge_id>/sua": OWN,
    "POST /dang-ky/<uuid:pledge_id>/rut-xin-doi": OWN,
    "GET /dang-ky/<uuid:pledge_id>/xin-doi": OWN,
    "POST /dang-ky/<uuid:pledge_id>/xin-doi": OWN,
    "POST /dang-ky/<uuid:pledge_id>/xoa": OWN_DRAFT,
    "GET /dang-ky/<int:year>/<int:member_id>/ban-dang-ky.<any(pdf, docx):ending>": READ,
    "POST /dang-ky/goi-y": MEMBERS,
    "GET /dang-ky/mau": MEMBERS,
    "GET /dang-ky/moi": MEMBERS,
    "POST /dang-ky/moi": MEMBERS,
    "GET /dang-nhap": EVERYONE,
    "POST /dang-nhap": EVERYONE,
    "GET /dang-nhap/ma": HALF_WAY,
    "POST /dang-nhap/ma": HALF_WAY,
    "POST /dang-xuat": EVERYONE,
    "GET /danh-gia": MEMBERS,
    "POST /danh-gia": MEMBERS,
    "GET /danh-gia/<uuid:evaluation_id>/phieu.pdf": READ_UP,
    "POST /danh-gia/<uuid:evaluation_id>/phuc-tra": OWN_RESULT,
    "GET /danh-muc": SIGNED_IN,
    "GET /doan-vien": READERS_PAGE,
    "GET /doan-vien/<int:member_id>": READ_UP,
    "GET /doan-vien/<int:member_id>/chuyen": MANAGE,
    "POST /doan-vien/<int:member_id>/chuyen": MANAGE,
    "POST /doan-vien/<int:member_id>/ma": MANAGE_OR_ADMIN,
    "POST /doan-vien/<int:member_id>/sinh-hoat-lai": MANAGE,
    "GET /doan-vien/<int:member_id>/nghi": LEAVE_OF,
    "POST /doan-vien/<int:member_id>/nghi": LEAVE_OF,
    "GET /doan-vien/<int:member_id>/sua": MANAGE,
    "POST /doan-vien/<int:member_id>/sua": MANAGE,
    "GET /doan-vien/<int:member_id>/thoi-sinh-hoat": MANAGE,
    "POST /doan-vien/<int:member_id>/thoi-sinh-hoat": MANAGE,
    "GET /doan-vien/chuyen-nhieu": MANAGERS_PAGE,
    "POST /doan-vien/chuyen-nhieu": MANAGERS_PAGE,
    "GET /doan-vien/de-nghi": MANAGERS_PAGE,
    "GET /doan-vien/de-nghi/<uuid:request_id>": MANAGE,
    "POST /doan-vien/de-nghi/<uuid:request_id>": MANAGE,
    "GET /doan-vien/moi": MANAGERS_PAGE,
    "POST /doan-vien/moi": MANAGERS_PAGE,
    "GET /doan-vien/nhap": MANAGERS_PAGE,
    "POST /doan-vien/nhap": MANAGERS_PAGE,
    "GET /doan-vien/nhap/<token>": UPLOADS,
    "POST /doan-vien/nhap/<token>": UPLOADS,
    "POST /doan-vien/nhap/<token>/bo": UPLOADS,
    "POST /doan-vien/nhap/<token>/ma.xlsx": UPLOADS,
    "GET /doan-vien/nhap/<token>/tu-choi.xlsx": UPLOADS,
    "POST /doan-vien/phieu-ma": UNIT_MANAGE,
    "GET /doan-vien/xuat": READERS_PAGE,
    "GET /doan-phi": READERS_PAGE,
    "POST /doan-phi": UNIT_MANAGE,
    "GET /doan-phi/<int:member_id>": MANAGE,
    "POST /doan-phi/<int:member_id>": MANAGE,
    "POST /doan-phi/hoan-tac": UNIT_MANAGE,
    "GET /doan-phi/nhap": MANAGERS_PAGE,
    "POST /doan-phi/nhap": MANAGERS_PAGE,
    "GET /doan-phi/nhap/<token>": UPLOADS,
    "POST /doan-phi/nhap/<token>": UPLOADS,
    "GET /doan-phi/nhap/<token>/tu-choi.xlsx": UPLOADS,
    "GET /doan-phi/them": MANAGERS_PAGE,
    "POST /doan-phi/them": MANAGERS_PAGE,
    "GET /doan-phi/xuat": READERS_PAGE,
    "GET /dong-y": MEMBERS,
    "POST /dong-y": MEMBERS,
    "POST /dong-y/rut-lai": MEMBERS,
    "GET /duyet": MANAGERS_PAGE,
    "POST /duyet/bai/<uuid:subject_id>": REVIEW,
    "POST /duyet/bo-sung/<uuid:subject_id>": REVIEW,
    "POST /duyet/dang-ky/<uuid:subject_id>": REVIEW,
    "POST /duyet/xin-doi/<uuid:subject_id>": REVIEW,
    "POST /duyet/hoan-tac": REVIEW,
    "POST /duyet/ca-trang": MANAGERS_PAGE,
    "GET /duyet/tinh-hinh": MANAGERS_PAGE,
    "GET /duyet/ton-dong": ABOVE_PAGE,
    "GET /duyet/loi-da-luu": MANAGERS_PAGE,
    "POST /duyet/loi-da-luu": MANAGERS_PAGE,
    "POST /duyet/loi-da-luu/<int:comment_id>/bo": OWN_COMMENT,
    "GET /favicon.ico": EVERYONE,
    "GET /huong-dan": SIGNED_IN,
    "GET /in-hang-loat": MANAGERS_PAGE,
    "POST /in-hang-loat": MANAGERS_PAGE,
    "GET /kich-hoat": EVERYONE,
    "POST /kich-hoat": EVERYONE,
    "GET /manifest.webmanifest": EVERYONE,
    "GET /minh-chung/<uuid:evidence_id>": READ,
    "GET /minh-chung/<uuid:evidence_id>/nho": READ,
    "POST /minh-chung/<uuid:evidence_id>/xoa": OWN,
    "GET /nam-cong-tac": YEARS,
    "GET /nam-cong-tac/<int:year>": YEARS,
    "GET /nam-cong-tac/<int:year>/bo-tieu-chi": YEARS,
    "POST /nam-cong-tac/<int:year>/bo-tieu-chi": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/bo-tieu-chi/chep": YEARS_EDIT,
    "GET /nam-cong-tac/<int:year>/bo-tieu-chi/soan": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/bo-tieu-chi/soan": YEARS_EDIT,
    "GET /nam-cong-tac/<int:year>/bo-tieu-chi/tep": YEARS,
    "POST /nam-cong-tac/<int:year>/bo-tieu-chi/tep": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/chuan-muc": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/khoa": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/lich-rieng": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/lich-rieng/<int:unit_id>/<activity>/bo": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/mo-khoa": YEARS_EDIT,
    "POST /nam-cong-tac/<int:year>/thoi-gian": YEARS_EDIT,
    "POST /nam-cong-tac/mo": YEARS_EDIT,
    "GET /nhat-ky": MEMBERS,
    "GET /nhat-ky/<uuid:entry_id>": READ,
    "GET /nhat-ky/<uuid:entry_id>/bi-thu-thay": OWN,
    "POST /nhat-ky/<uuid:entry_id>/bo-sung": READ,
    "GET /nhat-ky/<uuid:entry_id>/giong": READ,
    "POST /nhat-ky/<uuid:entry_id>/gui": OWN_DRAFT,
    "GET /nhat-ky/<uuid:entry_id>/sua": OWN,
    "POST /nhat-ky/<uuid:entry_id>/sua": OWN,
    "POST /nhat-ky/<uuid:entry_id>/xoa": OWN_DRAFT,
    "POST /nhat-ky/goi-y": MEMBERS,
    "GET /nhat-ky/moi": MEMBERS,
    "POST /nhat-ky/moi": MEMBERS,
    "POST /nhat-ky/xem-truoc": MEMBERS,
    "GET /nhat-ky/nhin-lai": MEMBERS,
    "POST /nhat-ky/nhin-lai": MEMBERS,
    "GET /nhat-ky/nghi": MEMBERS,
    "POST /nhat-ky/nghi": MEMBERS,
    "GET /nhat-ky/nghi/<int:leave_id>": READ,
    "POST /nhat-ky/nghi/<int:leave_id>": READ,
    "POST /nhat-ky/nghi/<int:leave_id>/hoan-tac": READ,
    "POST /nhat-ky/nghi/<int:leave_id>/rut-lai": READ,
    "POST /nhat-ky/tuan-khong-co-viec": MEMBERS,
    "GET /phieu-ghi-tay/<month>.pdf": MEMBERS,
    "GET /quan-tri": ADMIN,
    "GET /quan-tri/cai-dat": SETTINGS,
    "POST /quan-tri/cai-dat": SETTINGS,
    "GET /quan-tri/nhat-ky": ADMIN,
    "GET /quan-tri/nhat-ky/xuat": ADMIN,
    "POST /quan-tri/ma": ADMIN_OF,
    "POST /quan-tri/tat-xac-thuc": ADMIN_OF,
    "GET /quen-mat-khau": EVERYONE,
    "POST /quen-mat-khau": EVERYONE,
    "GET /ren-luyen": READERS_PAGE,
    "POST /ren-luyen": UNIT_MANAGE,
    "GET /ren-luyen/nhap": MANAGERS_PAGE,
    "POST /ren-luyen/nhap": MANAGERS_PAGE,
    "GET /ren-luyen/nhap/<token>": UPLOADS,
    "POST /ren-luyen/nhap/<token>": UPLOADS,
    "GET /ren-luyen/nhap/<token>/tu-choi.xlsx": UPLOADS,
    "GET /ren-luyen/them": MANAGERS_PAGE,
    "POST /ren-luyen/them": MANAGERS_PAGE,
    "GET /ren-luyen/xuat": READERS_PAGE,
    "GET /so-nhat-ky/<int:year>.pdf": MEMBERS,
    "GET /static/<name>": EVERYONE,
    "GET /thong-bao": SIGNED_IN,
    "POST /thong-bao/da-doc": SIGNED_IN,
    "GET /to-chuc": READERS_PAGE,
    "GET /to-chuc/<int:unit_id>": UNIT_READ,
    "GET /to-chuc/<int:unit_id>/ban-giao": UNIT_MANAGE,
    "POST /to-chuc/<int:unit_id>/ban-giao/loi-nhan": BRANCH_MEETING,
    "GET /to-chuc/<int:unit_id>/chuan-muc": UNIT_MANAGE,
    "POST /to-chuc/<int:unit_id>/chuan-muc": UNIT_MANAGE,
    "GET /to-chuc/<int:unit_id>/chuc-vu": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/chuc-vu": UNIT_ABOVE,
    "GET /to-chuc/<int:unit_id>/chuc-vu/<int:appointment_id>/ban-giao": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/chuc-vu/<int:appointment_id>/ban-giao": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/chuc-vu/<int:appointment_id>/thoi": UNIT_ABOVE,
    "GET /to-chuc/<int:unit_id>/chuyen": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/chuyen": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/dong": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/mo-lai": UNIT_ABOVE,
    "GET /to-chuc/<int:unit_id>/sap-nhap": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/sap-nhap": UNIT_ABOVE,
    "GET /to-chuc/<int:unit_id>/sua": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/sua": UNIT_ABOVE,
    "GET /to-chuc/<int:unit_id>/them": UNIT_ABOVE,
    "POST /to-chuc/<int:unit_id>/them": UNIT_ABOVE,
    "GET /van-ban-phat-hanh": READERS_PAGE,
    "POST /van-ban-phat-hanh": BRANCH_ACT,
    "GET /van-ban-phat-hanh/<uuid:document_id>.pdf": READ_UP,
    "POST /van-ban-phat-hanh/<uuid:document_id>/lap-tiep": BRANCH_ACT,
    "POST /van-ban-phat-hanh/<uuid:document_id>/phat-hanh-lai": BRANCH_ACT,
    "GET /van-ban-phat-hanh/<uuid:document_id>/thu-hoi": BRANCH_ACT,
    "POST /van-ban-phat-hanh/<uuid:document_id>/thu-hoi": BRANCH_ACT,
    "GET /viec-nen": SIGNED_IN,
    "GET /viec-nen/<uuid:job_id>": OWN_JOB,
    "GET /viec-nen/<uuid:job_id>/tep/<int:number>": NO_FILE,
    "GET /viec-nen/<uuid:job_id>/tat-ca.zip": NO_FILE,
    "POST /viec-nen/<uuid:job_id>/dung": OWN_JOB,
    "GET /xac-minh": EVERYONE,
    "POST /xac-minh": EVERYONE,
    "GET /xac-minh/<code>": EVERYONE,
    "POST /xac-minh/<code>": EVERYONE,
    "GET /xep-loai": BRANCH_PAGE,
    "POST /xep-loai": BRANCH_PAGE,
    "GET /xep-loai/bien-ban.<any(pdf, docx):ending>": READERS_PAGE,
    "GET /xep-loai/danh-sach.<any(pdf, docx, xlsx):ending>": READERS_PAGE,
    "GET /xep-loai/can-cu/<int:member_id>": READ,
    "GET /xep-loai/so-lieu": READERS_PAGE,
    "GET /xep-loai/so-lieu/nhap": MANAGERS_PAGE,
    "POST /xep-loai/so-lieu/nhap": MANAGERS_PAGE,
    "GET /xep-loai/so-lieu/nhap/<token>": UPLOADS,
    "POST /xep-loai/so-lieu/nhap/<token>": UPLOADS,
    "GET /xep-loai/so-lieu/nhap/<token>/tu-choi.xlsx": UPLOADS,
    "GET /xep-loai/so-lieu/xuat": READERS_PAGE,
    "POST /xep-loai/so-lieu": UNIT_TABLE,
    "GET /xep-loai/hop": BRANCH_PAGE,
    "POST /xep-loai/hop": BRANCH_PAGE,
    "GET /xep-loai/hop/<uuid:meeting_id>/co-mat/<hall_code>": IN_THE_HALL,
    "POST /xep-loai/hop/<uuid:meeting_id>/co-mat/<hall_code>": IN_THE_HALL,
    "POST /xep-loai/hop/<uuid:meeting_id>/diem-danh": BRANCH_MEETING,
    "POST /xep-loai/hop/<uuid:meeting_id>/mo-lai": BRANCH_MEETING,
    "POST /xep-loai/hop/<uuid:meeting_id>/phieu-kin": BRANCH_MEETING,
    "POST /xep-loai/hop/<uuid:meeting_id>/phieu/<uuid:evaluation_id>": BRANCH_MEETING,
    "GET /xep-loai/hop/<uuid:meeting_id>/tinh-hinh": BRANCH_MEETING,
    "GET /xep-loai/hop/ma-qr": BRANCH_PAGE,
    "GET /xep-loai/ket-qua": READERS_PAGE,
    "GET /xep-loai/ket-qua/tep": RESULTS_OUT,
    "GET /xep-loai/ket-qua/xuat": RESULTS_OUT,
    "POST /xep-loai/ket-qua/xuat": RESULTS_OUT,
    "GET /xep-loai/phieu/<uuid:evaluation_id>": READ_UP,
    "POST /xep-loai/phieu/<uuid:evaluation_id>/tra-lai": BRANCH_ACT,
    "GET /xep-loai/to-chuc": MANAGERS_PAGE,
    "GET /xep-loai/to-chuc/<int:unit_id>": UNIT_READ,
    "POST /xep-loai/to-chuc/<int:unit_id>": BRANCH_MEETING,
    "GET /xet-duyet": ABOVE_PAGE,
    "GET /xet-duyet/<int:unit_id>": UNIT_ABOVE,
    "POST /xet-duyet/<int:unit_id>": UNIT_ABOVE,
    "GET /xet-duyet/danh-sach.<any(pdf, docx, xlsx):ending>": BASE_PAPER,
    "GET /xet-duyet/quyet-dinh.<any(pdf, docx, xlsx):ending>": BLOC_PAPER,
    "GET /xet-duyet/to-chuc": ABOVE_PAGE,
    "POST /xet-duyet/to-chuc": ABOVE_PAGE,
    "GET /xet-duyet/to-chuc/danh-sach.<any(pdf, docx, xlsx):ending>": ABOVE_PAGE,
    "GET /xet-duyet/to-trinh.<any(pdf, docx):ending>": BASE_PAPER,
    "POST /xet-duyet/mo-lai/<uuid:evaluation_id>": BLOC_ACT,
    "GET /xet-duyet/phuc-tra/<uuid:look_id>": BLOC_ACT,
    "POST /xet-duyet/phuc-tra/<uuid:look_id>": BLOC_ACT,
}


def routes(app: Flask) -> set[str]:
    """Every method and address the application answers, HEAD and OPTIONS aside."""
    return {f"{method} {rule.rule}" for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def unlisted(app: Flask) -> set[str]:
    return routes(app) ^ set(TABLE)


def test_every_route_is_in_the_table(app):
    assert unlisted(app) == set()


def test_a_planted_route_is_noticed(app):
    from diary import create_app

    planted = create_app({"TESTING": True})
    planted.add_url_rule("/cua-sau", view_func=lambda: "", endpoint="back_door")
    assert unlisted(planted) == {"GET /cua-sau"}


@pytest.mark.parametrize("route", sorted(TABLE))
def test_each_of_the_cast_gets_what_the_table_says(app, browser, cast, route):
    expected = dict(zip(COLUMNS, TABLE[route].replace(" ", ""), strict=True))
    got = {person: mark(app, browser, cast, route, person) for person in COLUMNS}
    assert got == expected


def mark(app: Flask, browser, cast: SimpleNamespace, route: str, person: str | None) -> str:
    """What `person` gets at `route`, as a mark of the table."""
    method, rule = route.split(" ", 1)
    with app.app_context():
        path, filled = subjects.address(rule, cast), subjects.fields(rule, cast) if method == "POST" else {}
    client = browser(person)
    if method == "GET":
        answer = client.get(path)
    else:
        page = client.get("/ca-nhan" if person else "/dang-nhap").text
        answer = client.post(path, data={"csrf_token": hidden(page, "csrf_token"), **filled})
    answer.close()
    if answer.status_code in (302, 303) and re.match(r"/dang-nhap\b", answer.location) and rule not in ("/dang-xuat",):
        return ">"
    return {403: "3", 404: "4"}.get(
        answer.status_code, "o" if answer.status_code < 500 and answer.status_code != 405 else str(answer.status_code)
    )


def test_an_unknown_id_answers_404_everywhere(app, browser, cast):
    for route in sorted(TABLE):
        method, rule = route.split(" ", 1)
        if "<uuid:" in rule and method == "GET":
            path = re.sub(r"<uuid:\w+>", "01890000-0000-7000-8000-000000000000", rule)
            assert browser("secretary").get(path).status_code == 404, path
    assert factories.YEAR
