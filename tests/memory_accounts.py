"""The part of `MemoryStore` that keeps accounts and sessions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from memory_orders import MemoryOrders

from motcua.services.ports import Account, Delegation, LoginTaken, NewRecord, Pending, Session


class MemoryAccounts(MemoryOrders):
    """Accounts by login, sessions by id."""

    def add_account(self, account: Account, record: NewRecord) -> None:
        with self._lock:
            if account.login in self._state.accounts:
                raise LoginTaken(login=account.login)
            self.append([record])
            self._state.accounts[account.login] = account

    def change_account(self, account: Account, record: NewRecord) -> None:
        with self._lock:
            self.append([record])
            self._state.accounts[account.login] = account
            self.end_sessions([session.id for session in self.sessions(account.login)])

    def account(self, login: str) -> Account | None:
        return self._state.accounts.get(login)

    def accounts(self) -> list[Account]:
        return [account for _, account in sorted(self._state.accounts.items())]

    def begin_session(self, session: Session, ends: Sequence[str] = ()) -> None:
        with self._lock:
            self.end_sessions(ends)
            self._state.sessions[session.id] = session

    def session(self, id: str) -> tuple[Session, Account] | None:
        found = self._state.sessions.get(id)
        return None if found is None else (found, self._state.accounts[found.login])

    def sessions(self, login: str) -> list[Session]:
        found = [session for session in self._state.sessions.values() if session.login == login]
        return sorted(sorted(found, key=lambda one: one.id), key=lambda one: one.seen_at, reverse=True)

    def see_session(self, id: str, at: datetime) -> None:
        with self._lock:
            if id in self._state.sessions:
                self._state.sessions[id] = replace(self._state.sessions[id], seen_at=at)

    def end_sessions(self, ids: Sequence[str]) -> None:
        with self._lock:
            for id in ids:
                self._state.sessions.pop(id, None)

    def grant(self, delegation: Delegation, record: NewRecord) -> Delegation:
        with self._lock:
            for known in self._state.delegations.values():
                if known.revoked_at is None and known.terms == delegation.terms:
                    return known
            self.append([record])
            self._state.delegations[delegation.id] = delegation
            return delegation

    def revoke(self, id: str, at: datetime, record: NewRecord, heirs: Sequence[Delegation] = ()) -> bool:
        with self._lock:
            known = self._state.delegations.get(id)
            if known is None or known.revoked_at is not None:
                return False
            self.append([record])
            self._state.delegations[id] = replace(known, revoked_at=at)
            self._state.delegations |= {heir.id: heir for heir in heirs}
            return True

    def delegation(self, id: str) -> Delegation | None:
        return self._state.delegations.get(id)

    def delegations(self, *, grantor: str | None = None, holder: str | None = None) -> list[Delegation]:
        found = [
            given
            for given in self._state.delegations.values()
            if grantor in (None, given.grantor) and holder in (None, given.holder)
        ]
        return sorted(found, key=lambda given: (given.granted_at, given.id))

    def link(self, issuer: str, subject: str, login: str, record: NewRecord) -> None:
        with self._lock:
            self.append([record])
            self._state.identities[issuer, subject] = login

    def linked(self, issuer: str, subject: str) -> Account | None:
        return self._state.accounts.get(self._state.identities.get((issuer, subject), ""))

    def begin_sign_in(self, pending: Pending, stale: datetime) -> None:
        with self._lock:
            kept = {id: known for id, known in self._state.sign_ins.items() if known.at > stale}
            self._state.sign_ins = {**kept, pending.id: pending}

    def take_sign_in(self, id: str) -> Pending | None:
        with self._lock:
            return self._state.sign_ins.pop(id, None)
