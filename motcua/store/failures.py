"""What the databases' own errors mean to a person: the reason and the way out, never a traceback."""

import sqlite3

import psycopg
from psycopg import errors as pg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from motcua.services.ports import DatabaseNotReady, OutcomeUnknown
from motcua.store.urls import shown

FAILURES = (sqlite3.Error, psycopg.Error, DBAPIError)
CONTENTION = (pg.DeadlockDetected, pg.SerializationFailure)
"""The server undid a transaction for the sake of others; the same one again may well pass."""

Meaning = tuple[str, str, str, str]
"""The reason and the way out, each in English, then in Vietnamese."""

_UPGRADE: Meaning = (
    "its schema is missing or old",
    "chưa có lược đồ hoặc lược đồ cũ",
    'Run "motcua db upgrade --db {db}".',
    "Hãy chạy «motcua db upgrade --db {db}».",
)
_LOCKED: Meaning = (
    "another program holds its lock",
    "chương trình khác đang khóa",
    "Let that program finish, then try again.",
    "Hãy đợi chương trình kia xong rồi thực hiện lại.",
)
_FULL: Meaning = (
    "the disk is full",
    "ổ đĩa đã đầy",
    "Free some space, then try again; nothing was half written.",
    "Hãy giải phóng dung lượng rồi thực hiện lại; không có gì bị ghi dở.",
)
_READ_ONLY: Meaning = (
    "it may only be read",
    "chỉ được phép đọc",
    "Give this user the right to write the file and its folder, or name the primary server.",
    "Hãy cấp quyền ghi tệp và thư mục, hoặc chỉ đến máy chủ chính.",
)
_UNREACHABLE: Meaning = (
    "it cannot be reached",
    "không kết nối được",
    "Check the name in --db or MOTCUA_DB, and that the server runs and lets you in.",
    "Hãy kiểm tra --db hoặc MOTCUA_DB, máy chủ có chạy và cho phép truy cập không.",
)
_FAULTY: Meaning = (
    "the disk reports a fault",
    "ổ đĩa báo lỗi",
    "Check the disk, then try again; nothing was half written.",
    "Hãy kiểm tra ổ đĩa rồi thực hiện lại; không có gì bị ghi dở.",
)
_DAMAGED: Meaning = (
    "the file is not a sound SQLite database",
    "tệp không phải cơ sở dữ liệu SQLite toàn vẹn",
    "Check the name in --db or MOTCUA_DB; if it is right, restore a backup.",
    "Hãy kiểm tra --db hoặc MOTCUA_DB; nếu đúng tên, hãy khôi phục bản sao lưu.",
)
_MISSING: Meaning = ("it does not exist", "không tồn tại", *_UPGRADE[2:])

_SQLITE: tuple[tuple[int, Meaning], ...] = (
    (sqlite3.SQLITE_BUSY, _LOCKED),
    (sqlite3.SQLITE_LOCKED, _LOCKED),
    (sqlite3.SQLITE_FULL, _FULL),
    (sqlite3.SQLITE_IOERR, _FAULTY),
    (sqlite3.SQLITE_READONLY, _READ_ONLY),
    (sqlite3.SQLITE_CANTOPEN, _UNREACHABLE),
    (sqlite3.SQLITE_PERM, _UNREACHABLE),
    (sqlite3.SQLITE_NOTADB, _DAMAGED),
    (sqlite3.SQLITE_CORRUPT, _DAMAGED),
)
_POSTGRES: tuple[tuple[type[psycopg.Error], Meaning], ...] = (
    (pg.UndefinedTable, _UPGRADE),
    (pg.UndefinedColumn, _UPGRADE),
    (pg.LockNotAvailable, _LOCKED),
    (pg.DiskFull, _FULL),
    (pg.IoError, _FAULTY),
    (pg.DataCorrupted, _FAULTY),
    (pg.IndexCorrupted, _FAULTY),
    (pg.ReadOnlySqlTransaction, _READ_ONLY),
    (psycopg.OperationalError, _UNREACHABLE),
    (psycopg.InterfaceError, _UNREACHABLE),
)


def not_ready(url: URL, error: Exception) -> Exception:
    """Return the error to raise in place of a driver's; the driver's own one when it is a fault of ours."""
    meaning = _meaning(original(error))
    return error if meaning is None else _build(url, meaning)


def unknown(url: URL, what: str) -> OutcomeUnknown:
    """Return the error for a connection that broke before the answer came."""
    return OutcomeUnknown(database=shown(url), what=what)


def missing(url: URL) -> DatabaseNotReady:
    """Return the error for a database file that does not exist."""
    return _build(url, _MISSING)


def old_schema(url: URL) -> DatabaseNotReady:
    """Return the error for a database without the schema of this program."""
    return _build(url, _UPGRADE)


def original(error: BaseException) -> BaseException:
    """Return the driver's error inside SQLAlchemy's."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def doubled(error: Exception) -> str | None:
    """Return the table whose unique key an error names; None when it is another kind of error."""
    found = original(error)
    if isinstance(found, pg.UniqueViolation):
        return found.diag.table_name
    if isinstance(found, sqlite3.IntegrityError) and "UNIQUE" in str(found):
        return str(found).rpartition(": ")[2].partition(".")[0]
    return None


def _meaning(error: BaseException) -> Meaning | None:
    if isinstance(error, sqlite3.Error):
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if "no such table" in str(error) or "no such column" in str(error):
            return _UPGRADE
        return next((meaning for known, meaning in _SQLITE if known == code), None)
    if isinstance(error, CONTENTION):
        return None  # whoever writes tries again
    return next((meaning for kind, meaning in _POSTGRES if isinstance(error, kind)), None)


def _build(url: URL, meaning: Meaning) -> DatabaseNotReady:
    name = shown(url)
    reason, reason_vi, remedy, remedy_vi = meaning
    return DatabaseNotReady(
        database=name,
        reason=reason,
        reason_vi=reason_vi,
        remedy=remedy.format(db=name),
        remedy_vi=remedy_vi.format(db=name),
    )
