"""Accounts, for whoever manages them: lists, roles, invitations, new passwords; and accepting an invitation."""

from __future__ import annotations

from flask import Blueprint

from elearn.web.accounts import invitation, listing, new, one

blueprint = Blueprint("accounts", __name__)

for _module in (listing, new, one, invitation):
    _module.register(blueprint)
