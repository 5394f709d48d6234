import io

import pytest
from pypdf import PdfReader

from elearn.demo.documents import DOCUMENTS, compile_document, document

EACH_DOCUMENT = pytest.mark.parametrize("name", DOCUMENTS)
SENTENCES = {
    "phieu-bai-tap-toan-4": "Một thửa ruộng hình chữ nhật có chiều dài 60 m",
    "huong-dan-giao-vien": "Ghi nhận xét vào trang học liệu để tác giả sửa",
}


def text_of(data):
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join("\n".join(pages).split())


@EACH_DOCUMENT
def test_vietnamese_sentences_can_be_read_back_from_the_document(name):
    assert SENTENCES[name] in text_of(document(name))


@EACH_DOCUMENT
def test_a_document_has_two_to_four_pages_and_its_title_and_author(name):
    reader = PdfReader(io.BytesIO(document(name)))
    assert 2 <= len(reader.pages) <= 4
    assert reader.metadata.title.startswith(("Phiếu bài tập", "Hướng dẫn giáo viên"))
    assert reader.metadata.author


@EACH_DOCUMENT
def test_the_built_document_says_what_its_source_says(name):
    assert text_of(document(name)) == text_of(compile_document(name))


@EACH_DOCUMENT
def test_a_document_is_built_to_the_same_bytes_every_time(name):
    assert compile_document(name) == compile_document(name)


@EACH_DOCUMENT
def test_every_font_is_embedded(name):
    for page in PdfReader(io.BytesIO(document(name))).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"].get_object())
