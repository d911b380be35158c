"""Posts prepared transitions over HTTP from a process of its own, and says how long that took.

Reads from standard input a JSON object: `host`, `port`, `token`, `connections`, and `work`, a list of `[path, etag]`.
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Sequence

BODY = json.dumps({"transition": "accept", "facts": {"fee_paid": True}}).encode()


def main() -> int:
    """Post everything over so many connections at once; print seconds and the statuses that came."""
    asked = json.load(sys.stdin)
    work, connections = asked["work"], asked["connections"]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=_post, args=(asked, work[number::connections], statuses))
        for number in range(connections)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "statuses": {str(one): statuses.count(one) for one in set(statuses)}}))
    return 0


def _post(asked: dict[str, str | int], work: Sequence[tuple[str, str]], statuses: list[int]) -> None:
    connection = http.client.HTTPConnection(str(asked["host"]), int(asked["port"]), timeout=120)
    for path, etag in work:
        headers = {
            "Authorization": f"Bearer {asked['token']}", "Content-Type": "application/json",
            "If-Match": etag, "Idempotency-Key": path,
        }  # fmt: skip
        connection.request("POST", path, BODY, headers)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)


if __name__ == "__main__":
    sys.exit(main())
