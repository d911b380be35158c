"""Small files of every kind that somebody may send, good and bad, made here byte by byte."""

import io
import socket
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from zlib import crc32

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(more: bytes = b"", body: bytes = b"") -> bytes:
    """A PDF of one page; *more* stands in its catalogue, *body* as another object."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + more + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n"
        + body
        + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def packed(body: bytes) -> bytes:
    """An object stream of a PDF that holds something."""
    return (
        b"9 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(body) + b"\nendstream endobj\n"
    )


def png(width: int = 2, height: int = 2) -> bytes:
    """A picture whose head tells a size."""
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 14)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(held).to_bytes(4) + name + held + crc32(name + held).to_bytes(4) for name, held in chunks
    )


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """A picture as a camera writes it."""
    frame = b"\xff\xc0\x00\x0b\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04JF" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00pixels\xff\xd9"


def zipped(**files: bytes) -> bytes:
    """An archive; its names may lead anywhere, and what is called `link` is a symbolic link."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if name == "link" else 0o100644) << 16
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return held.getvalue()


@dataclass
class Clam:
    """A scanner that listens as ClamAV does, and knows one virus.

    Attributes:
        heard: The files that it was given.
        says: Its answer to everything, where a test sets one.
    """

    url: str = ""
    heard: list[bytes] = field(default_factory=list)
    says: bytes = b""


@contextmanager
def clam() -> Iterator[Clam]:
    """Let a scanner listen on a free port, and stop it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        found = Clam(f"tcp://127.0.0.1:{door.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(door, found), daemon=True)
        thread.start()
        try:
            yield found
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def _serve(door: socket.socket, found: Clam) -> None:
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as told:
            assert b"zINSTREAM\0" == told.read(10)
            held = b""
            while size := int.from_bytes(told.read(4)):
                held += told.read(size)
            found.heard.append(held)
            verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in held else b"stream: OK\0"
            line.sendall(found.says or verdict)
