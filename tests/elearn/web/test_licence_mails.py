"""Mail about licences that run out."""

from datetime import date

import pytest

from elearn.models.material import Status
from elearn.web import mails
from tests.support.factories import World

LAST = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("stage", "said"), [(7, "có hiệu lực đến hết ngày 20/11/2026"), (-1, "trở lại thành bản nháp")]
)
def test_the_mail_says_what_happens_and_where(make_house, monkeypatch, stage, said):
    sent = []
    monkeypatch.setattr(mails.mail, "send", lambda _settings, *told: sent.append(told))
    house = make_house(ELEARN_PUBLIC_URL="https://hoclieu.example")
    with house.database.write() as session:
        world = World(session, 500)
        owner = world.account("lan.mail", email="lan@example.vn")
        material = world.material(world.unit("TX"), owner, Status.PUBLISHED, title="Phim\nvề nước")
        material.licence_expires_on = LAST
        payload = {"account_id": owner.id, "material_id": material.id, "stage": stage, "last_day": LAST.isoformat()}
        uid = material.uid
    mails.send_licence(house, payload)
    ((to, subject, text),) = sent
    assert to == "lan@example.vn"
    assert "\n" not in subject
    assert said in text
    assert f"https://hoclieu.example/materials/{uid}" in text
    mails.send_licence(house, payload | {"last_day": "2026-01-01"})
    mails.send_licence(house, payload | {"account_id": 10**6})
    assert len(sent) == 1
