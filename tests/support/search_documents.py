"""Documents for the search tests: everybody may see them unless a test says otherwise."""

from search_index.documents import SearchDocument, SearchQuery

EVERYBODY = frozenset({"public"})


def material(uid="m1", title="Phân số", **facts):
    return SearchDocument(**({"uid": uid, "title": title, "kind": "pdf", "allow": EVERYBODY} | facts))


def ask(text="", tokens=EVERYBODY, **more):
    filters = {name: frozenset(codes) for name, codes in more.pop("filters", {}).items()}
    return SearchQuery(text, frozenset(tokens), filters, **more)


def found(engine, text="", **more):
    """Give the uids that answer, best first."""
    return [hit.uid for hit in engine.search(ask(text, **more)).hits]
