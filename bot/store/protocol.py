"""The verbs of the store, family by family: each lies in its own file beside this one. `work` and `console` know only these."""

from __future__ import annotations

from typing import Protocol

from bot.store.audit_protocol import AuditStore
from bot.store.case_protocol import CaseStore
from bot.store.closing_protocol import ClosingStore
from bot.store.identity_protocol import IdentityStore
from bot.store.keyring_protocol import KeyringStore
from bot.store.keys_protocol import AnchorStore, KeyFile
from bot.store.operator_protocol import OperatorStore
from bot.store.outbox_protocol import OutboxStore
from bot.store.rota_protocol import RotaStore
from bot.store.staff_protocol import StaffStore
from bot.store.turn_protocol import TurnStore
from bot.vault.keystore import KeyStore

__all__ = ["AnchorStore", "DeskStore", "KeyFile", "KeyStore", "OperatorStore", "OutboxStore", "Store", "TurnStore"]


class DeskStore(CaseStore, AuditStore, IdentityStore, StaffStore, KeyringStore, Protocol):
    """What the desk needs: cases, the audit, people and their keys."""


class Store(TurnStore, OutboxStore, DeskStore, ClosingStore, RotaStore, OperatorStore, Protocol):
    """Everything together."""
