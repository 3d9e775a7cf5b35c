"""The ground that the other tests of this folder stand on."""


def test_every_site_of_the_demo_answers_by_its_host(demo):
    for site in (None, "dong-son", "xuan-luong", "hoi-nong-dan"):
        assert demo.good("/", site).headers["Content-Type"].startswith("text/html")
    assert demo.documents()
    assert demo.get("/van-ban", "hoi-nong-dan").status_code == 404
