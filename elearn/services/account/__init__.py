"""Accounts: creating them, signing in and out, passwords, roles, and the first administrator."""

from elearn.services.account.accounts import (
    account_by_login,
    create_account,
    disable_account,
    enable_account,
    fold_login,
    set_email,
    sign_out_everywhere,
)
from elearn.services.account.invitations import accept, invite, invite_by_mail, invited_account
from elearn.services.account.listing import AccountPage, accounts_of_unit, find_accounts, last_seen, managed_account
from elearn.services.account.passwords import (
    STAFF_LENGTH,
    change_password,
    check_password,
    hash_password,
    set_password,
)
from elearn.services.account.roles import grant_role, grants_of, revoke_role
from elearn.services.account.setup import administrator_exists, make_setup_token, setup_token_holds, use_setup_token
from elearn.services.account.signin import authenticate

__all__ = [
    "STAFF_LENGTH",
    "AccountPage",
    "accept",
    "account_by_login",
    "accounts_of_unit",
    "administrator_exists",
    "authenticate",
    "change_password",
    "check_password",
    "create_account",
    "disable_account",
    "enable_account",
    "find_accounts",
    "fold_login",
    "grant_role",
    "grants_of",
    "hash_password",
    "invite",
    "invite_by_mail",
    "invited_account",
    "last_seen",
    "make_setup_token",
    "managed_account",
    "revoke_role",
    "set_email",
    "set_password",
    "setup_token_holds",
    "sign_out_everywhere",
    "use_setup_token",
]
