"""Choosing a storage by its URL."""

import pytest

from content_packages.storage.folder import FolderStorage
from content_packages.storage.opening import open_storage
from content_packages.storage.s3 import S3Storage


@pytest.mark.parametrize("form", ["{}", "file://{}", "file://localhost{}"])
def test_a_path_is_a_folder(tmp_path, form):
    storage = open_storage(form.format(tmp_path / "blobs"))
    assert isinstance(storage, FolderStorage)
    assert storage.root == tmp_path / "blobs"


def test_an_escaped_path_is_unescaped(tmp_path):
    assert open_storage(f"file://{tmp_path}/h%E1%BB%8Dc%20li%E1%BB%87u").root == tmp_path / "học liệu"


def test_s3_has_bucket_prefix_and_endpoint():
    storage = open_storage("s3://bucket/elearn/blobs?endpoint=https://s3.example.vn&region=vn-1")
    assert isinstance(storage, S3Storage)
    assert storage.store.prefix == "elearn/blobs"
    assert storage.store.config["endpoint"] == "https://s3.example.vn"
    assert storage.store.config["region"] == "vn-1"


@pytest.mark.parametrize("url", ["", "s3:///prefix", "ftp://host/x", "file://other/x", "http://x"])
def test_other_urls_are_no_storage(url):
    with pytest.raises(ValueError, match="s3://bucket"):
        open_storage(url)
