def test_signing_in_goes_to_the_start_page(sign_in):
    assert "Nguyễn Thị Lan" in sign_in().get("/").text
