"""Entries per second from an archive, beside the same files unpacked in a folder: through the same server, and nginx.

The clients are Python too and share the processors, so nginx is faster than the figure says. apt install nginx-light
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import io
import json
import random
import shutil
import subprocess
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import waitress
from flask import Flask, send_from_directory
from support import Browser, Installation, Learner, free_port, installation, wait_for

from elearn.app import create_app
from elearn.house import open_house
from elearn.settings import load_settings
from elearn.web.logs import configure_logging

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

FILES = 200
CLIENTS = 4
OK = 200


def package(folder: Path) -> Path:
    """A package of many small pages and pictures; the same files go into `folder`."""
    source = random.Random(7)
    words = ["toán", "phân số", "bài học", "hình vẽ", "ôn tập", "ví dụ", "luyện tập", "lớp"]
    files = {"index.html": b"<!doctype html><title>Ch\xc3\xa0o</title>"}
    for number in range(FILES // 2):
        text = " ".join(source.choices(words, k=1200))
        files[f"pages/{number}.html"] = f"<!doctype html><meta charset=utf-8><p>{text}</p>".encode()
        files[f"media/{number}.png"] = source.randbytes(12_000)
    files["imsmanifest.xml"] = (
        b'<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        b'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>'
        b'<schemaversion>1.2</schemaversion></metadata><organizations default="o"><organization identifier="o">'
        b'<title>Files</title><item identifier="i" identifierref="r"><title>Files</title></item></organization>'
        b'</organizations><resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" '
        b'href="index.html"/></resources></manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    file = folder.parent / "files.zip"
    file.write_bytes(buffer.getvalue())
    return file


def serve(place: Installation, folder: Path) -> int:
    """One waitress with elearn and, at /folder/, a plain Flask application over the unpacked files."""
    house = open_house(load_settings({"ELEARN_HOME": str(place.home), "ELEARN_LOG_LEVEL": "error"}))
    configure_logging(house.settings)  # nginx writes no line for each file here either
    port = free_port()
    elearn = create_app(house, port=port)
    plain = Flask("plain")
    plain.add_url_rule("/folder/<path:name>", view_func=lambda name: send_from_directory(folder, name))

    def both(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        application = plain if environ["PATH_INFO"].startswith("/folder/") else elearn
        return application(environ, start_response)

    threading.Thread(target=waitress.serve, args=(both,), kwargs={"port": port, "threads": 8}, daemon=True).start()
    wait_for(port)
    return port


NGINX = """user {user}; daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/nginx.log;
events {{ worker_connections 64; }}
http {{
  access_log off; sendfile on; gzip on; keepalive_requests 1000000;
  types {{ text/html html; image/png png; }}
  client_body_temp_path {home}/nginx-body; proxy_temp_path {home}/nginx-proxy; fastcgi_temp_path {home}/nginx-fastcgi;
  uwsgi_temp_path {home}/nginx-uwsgi; scgi_temp_path {home}/nginx-scgi;
  server {{
    listen 127.0.0.1:{port};
    location /folder/ {{ alias {folder}/; }}
    location = /healthz {{ return 200 "ok"; }}
  }}
}}
"""


@contextlib.contextmanager
def nginx(place: Installation, folder: Path) -> Iterator[int | None]:
    """An nginx over the unpacked files, on a port of its own; None when the machine has none."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        yield None
        return
    port, file = free_port(), place.home / "nginx.conf"
    told = NGINX.format(user=getpass.getuser(), home=place.home, port=port, folder=folder)
    file.write_text(told, encoding="utf-8")
    with subprocess.Popen([program, "-p", str(place.home), "-c", str(file)]) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def fetch(port: int, paths: list[str], host: str, until: float, counted: list[int]) -> None:
    browser = Browser(port)
    done = 0
    while time.monotonic() < until:
        answer = browser.get(paths[done % len(paths)], host=host, **{"Accept-Encoding": "gzip"})
        assert answer.status == OK, (answer.status, paths[done % len(paths)])
        done += 1
    counted.append(done)


def rate(port: int, paths: list[str], host: str, seconds: float) -> float:
    counted: list[int] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=fetch, args=(port, paths, host, until, counted)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counted) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    with installation(1) as place:
        folder = place.home / "unpacked"
        material = place.publish(package(folder))
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.name != "imsmanifest.xml"]
        port = serve(place, folder)
        learner = Learner(port, "hoc.sinh.0", material)
        from_archive = [learner.start["files"] + name for name in names]
        from_folder = [f"/folder/{name}" for name in names]
        rate(port, from_archive, learner.host, 1)
        archive = rate(port, from_archive, learner.host, seconds)
        plain = rate(port, from_folder, f"localhost:{port}", seconds)
        with nginx(place, folder) as other:
            beside = rate(other, from_folder, f"localhost:{other}", seconds) if other else None
    told = {"archive_per_second": round(archive), "folder_per_second": round(plain), "ratio": round(archive / plain, 2)}
    if beside is None:
        told["nginx"] = "not measured: nginx is not installed"
    else:
        told |= {"nginx_per_second": round(beside), "ratio_to_nginx": round(archive / beside, 2)}
    print(json.dumps({"bench": "files", **told}))


if __name__ == "__main__":
    main()
