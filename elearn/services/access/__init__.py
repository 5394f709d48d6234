"""Who asks, what they may do, and what they may see."""

from elearn.services.access.identity import ANONYMOUS, SYSTEM, Grant, Identity, load_identity
from elearn.services.access.permissions import (
    EVERYDAY_ROLES,
    MANAGERS,
    REVIEWERS,
    TABLE,
    Action,
    is_independent,
    is_maker,
    may,
    require,
)
from elearn.services.access.tree import Tree, load_tree, tree_changed
from elearn.services.access.visibility import materials_under, tokens_for, tokens_of, visible_materials

__all__ = [
    "ANONYMOUS",
    "EVERYDAY_ROLES",
    "MANAGERS",
    "REVIEWERS",
    "SYSTEM",
    "TABLE",
    "Action",
    "Grant",
    "Identity",
    "Tree",
    "is_independent",
    "is_maker",
    "load_identity",
    "load_tree",
    "materials_under",
    "may",
    "require",
    "tokens_for",
    "tokens_of",
    "tree_changed",
    "visible_materials",
]
