"""A registration in Chromium: our page in a frame of the platform, which is another site and gets no cookie of ours."""

import threading

import pytest
from werkzeug.serving import make_server

from elearn.services.access import SYSTEM
from elearn.services.lti.invitations import invite
from elearn.services.organisation import ensure_root
from tests.support.lti_site import lti_site

pytestmark = [pytest.mark.journey]


@pytest.fixture
def house(make_house):
    return make_house(ELEARN_PRIVATE_HOSTS="127.0.0.1")


@pytest.fixture
def served(app):
    """The application on a port of this machine, until the end of the test."""
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_platform_shows_our_page_and_hears_that_it_may_close_it(house, served, browser):
    with house.database.write() as session:
        token = invite(session, SYSTEM, ensure_root(session, SYSTEM))
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    with lti_site() as site:
        page.goto(f"{site.issuer}/register?tool={served}/lti/register/{token}")
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", name="Trong từng khóa học").wait_for()
        frame.get_by_role("button", name="Đóng").click()
        page.get_by_text('{"subject":"org.imsglobal.lti.close"}').wait_for()
        assert [client.redirect_uris for client in site.clients.values()] == [[f"{served}/lti/launch"]]
        assert context.cookies() == []
        assert site.requests("registration")
    context.close()
