"""The cache gives what was read and stays within its bytes."""

import numpy as np

from search_index.cache import ENTRY_BYTES, Cache
from search_index.postings import Postings


def postings(documents):
    return Postings(np.arange(documents, dtype=np.int64), np.ones(documents, dtype=np.float32))


def test_a_list_is_read_once():
    cache = Cache(1_000_000)
    reads = []
    for _ in range(3):
        found = cache.get("a", lambda: reads.append(1) or postings(5))
    assert len(found.documents) == 5
    assert reads == [1]


def test_the_list_used_longest_ago_goes_first():
    cache = Cache(limit=2 * (postings(10).size + ENTRY_BYTES))
    read = []
    for key in ("a", "b", "a", "c", "a", "b"):
        cache.get(key, lambda key=key: read.append(key) or postings(10))
    assert read == ["a", "b", "c", "b"]


def test_absent_terms_cannot_fill_the_memory():
    cache = Cache(limit=100 * ENTRY_BYTES)
    for key in range(10_000):
        cache.get(key, lambda: postings(0))
    assert cache.held <= 100 * ENTRY_BYTES


def test_a_list_greater_than_the_cache_is_given_all_the_same():
    cache = Cache(limit=10)
    assert len(cache.get("a", lambda: postings(1_000)).documents) == 1_000
    assert cache.held == 0
