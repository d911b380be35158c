"""ClamAV's socket: a file goes whole, and only a clear answer counts as one."""

import pytest
from scan_samples import EICAR, clam, pdf

from motcua.adapters.clamd import InvalidScanner, NoVerdict, read_scanner


def test_a_file_goes_whole_and_what_is_found_has_a_name() -> None:
    """Longer than a piece, byte for byte; nothing found is an empty name."""
    long = pdf() + b"\0" * 200_000
    with clam() as server:
        scanner = read_scanner(server.url)

        assert ("", "Eicar-Test-Signature") == (scanner.scan(long), scanner.scan(pdf(body=EICAR)))
        assert [len(long), len(pdf(body=EICAR))] == [len(held) for held in server.heard]


def test_an_answer_that_is_none_counts_for_nothing() -> None:
    """A size limit, silence, and nobody there are all no verdict."""
    with clam() as server:
        server.says = b"INSTREAM size limit exceeded. ERROR\0"
        with pytest.raises(NoVerdict):
            read_scanner(server.url).scan(b"x")
    with pytest.raises(OSError, match="refused"):
        read_scanner(server.url).scan(b"x")
    with pytest.raises(OSError, match="No such file"):
        read_scanner("unix:///no/such/socket").scan(b"x")


@pytest.mark.parametrize("given", ["tcp://host", "http://host:1", "unix://", "tcp://h:x", "clamd"])
def test_an_address_that_is_none_is_refused(given: str) -> None:
    """The message names what an address looks like."""
    with pytest.raises(InvalidScanner):
        read_scanner(given)
