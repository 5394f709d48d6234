"""Both storages, so that every behaviour of the contract is tested on each; S3 is a real server."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from content_packages.storage.opening import open_storage

WEED = Path(sys.executable).with_name("weed")
PORTS = ("master.port", "volume.port", "filer.port", "s3.port")
# SeaweedFS derives the gRPC ports by adding this to each port.
GRPC_OFFSET = 10_000


def free_ports(count):
    """Ports below the ephemeral range whose gRPC neighbours are free too; each test process looks elsewhere."""
    found = []
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in range(21_000 + 1_000 * (worker % 8) + os.getpid() % 900, 32_000):
        if len(found) == count:
            break
        if all(is_free(candidate) for candidate in (port, port + GRPC_OFFSET)):
            found.append(port)
    return found


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(ready, process, log):
    """Poll a condition for five minutes; the server's own words explain a failure."""
    for _ in range(3000):
        if process.poll() is None and ready():
            return
        time.sleep(0.1)
    pytest.fail(f"SeaweedFS did not start:\n{log.read_text(errors='replace')[-3000:]}")


def answers(port, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory):
    """A SeaweedFS of our own with one bucket; a missing binary is a failure, not a skip."""
    folder = tmp_path_factory.mktemp("seaweedfs")
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                WEED, "server", "-s3", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
                *(f"-{name}={port}" for name, port in ports.items()),
                *(f"-{name}.grpc={port + GRPC_OFFSET}" for name, port in ports.items()),
                "-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=20", "-master.volumeSizeLimitMB=64",
                "-master.telemetry=false",
            ],
            stdout=output, stderr=output, cwd=folder,
        )  # fmt: skip
        try:
            wait_until(lambda: answers(ports["s3.port"], "/elearn", "PUT"), process, log)
            wait_until(lambda: answers(ports["master.port"], "/dir/assign"), process, log)
            yield f"http://127.0.0.1:{ports['s3.port']}"
        finally:
            # Its orderly end takes half a minute, and the data is thrown away.
            process.kill()
            process.wait()


@pytest.fixture(params=["folder", "s3"])
def storage(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return open_storage(str(tmp_path / "blobs"))
    endpoint = request.getfixturevalue("s3_endpoint")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any")
    return open_storage(f"s3://elearn/{tmp_path.name}?endpoint={endpoint}")
