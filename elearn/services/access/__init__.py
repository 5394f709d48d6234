"""Who asks, what they may do, and what they may see."""

from elearn.services.access.identity import ANONYMOUS, SYSTEM, Grant, Identity, load_identity
from elearn.services.access.permissions import REVIEWERS, TABLE, Action, may, require
from elearn.services.access.tree import Tree, load_tree, tree_changed
from elearn.services.access.visibility import materials_under, tokens_for, tokens_of, visible_materials

__all__ = [
    "ANONYMOUS",
    "REVIEWERS",
    "SYSTEM",
    "TABLE",
    "Action",
    "Grant",
    "Identity",
    "Tree",
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
