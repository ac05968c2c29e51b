"""A program that relocates goods through the REST API. Run as `python -m bench.requesting`; see workers."""

import http.client
import json
import random
import sys
import uuid
from typing import Any
from urllib.parse import urlsplit

from bench.pace import post_until


class Client:
    """One connection that is kept open, as a program that posts all day would."""

    def __init__(self, address: str, token: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: Any, *, expected: int = http.HTTPStatus.CREATED) -> None:
        """Send one request under a key of its own.

        Raises:
            RuntimeError: the answer is another than expected.
        """
        headers = self.headers | {"Idempotency-Key": str(uuid.uuid4())}
        self.connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{answer.status} {text[:500]!r}")


def main() -> None:
    address, token, ids, batch, seconds, seed = sys.argv[1:]
    yard: dict[str, int] = json.loads(ids)
    client, draw, size = Client(address, token), random.Random(int(seed)), int(batch)
    bins = yard["last_bin"] - yard["first_bin"] + 1
    lots = yard["last_lot"] - yard["first_lot"] + 1

    def relocation() -> dict[str, Any]:
        source, target = draw.sample(range(bins), 2)
        line = {
            "lot": f"LOT-{draw.randrange(lots):05}",
            "from_place": f"B-{source:03}",
            "to_place": f"B-{target:03}",
            "quantity": "1",
        }
        return {"lines": [line]}

    def request() -> None:
        if size == 1:
            client.post("relocations/", {"site": "HRS", **relocation()})
        else:
            client.post("relocations/batch/", {"site": "HRS", "relocations": [relocation() for _ in range(size)]})

    post_until(float(seconds), request, count=size)


if __name__ == "__main__":
    main()
