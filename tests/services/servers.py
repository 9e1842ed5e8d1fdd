"""One function for each server: it yields the address that the product's settings take."""

from __future__ import annotations

import json
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.services import processes

# The harmless text that every virus scanner calls a virus, in two halves so that this file is not called one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STAN" + rb"DARD-ANTIVIRUS-TEST-FILE!$H+H*"
EICAR_NAME = "Sunshine.Test.Eicar"

_ATTEMPTS = 3  # another process may take a free port between the question and the start


@contextmanager
def postgres() -> Iterator[str]:
    """Start PostgreSQL with an empty database and yield its address (a socket in a folder of its own)."""
    owner = _not_root()
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    with processes.folder("pg", owner=owner) as home:
        data = home / "data"
        initialise = [
            processes.program("initdb", *installed),
            "-D",
            str(data),
            "-U",
            "sunshine",
            "-A",
            "trust",
        ]
        options = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        subprocess.run(
            processes.as_user(owner, [*initialise, *options]), cwd=home, check=True, stdout=subprocess.DEVNULL
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(home),
            "max_connections": "60",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        command = [processes.program("postgres", *installed), "-D", str(data)]
        command += [f"-c{name}={value}" for name, value in settings.items()]
        ask = [processes.program("pg_isready", *installed), "-q", "-h", str(home), "-d", "postgres"]

        def ready() -> bool:
            return subprocess.run(ask, check=False).returncode == 0

        with processes.running(command, cwd=home, ready=ready, owner=owner):
            create = [
                processes.program("createdb", *installed),
                "-h",
                str(home),
                "-U",
                "sunshine",
                "sunshine",
            ]
            subprocess.run(create, check=True)
            yield f"postgresql://sunshine@/sunshine?host={home}"


@contextmanager
def redis() -> Iterator[str]:
    """Start Redis without persistence and yield its address."""
    with processes.folder("redis") as home:

        def start(port: int) -> AbstractContextManager[object]:
            command = [processes.program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
            command += ["--save", "", "--appendonly", "no", "--dir", str(home)]
            return processes.running(command, cwd=home, ready=lambda: processes.listens(port))

        with _on_a_free_port(start) as port:
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def clamav() -> Iterator[str]:
    """Start clamd with one signature, the EICAR test text, and yield its address."""
    with processes.folder("clamav") as home:
        signatures = home / "signatures"
        signatures.mkdir()
        (signatures / "own.ndb").write_text(f"{EICAR_NAME}:0:*:{EICAR.hex()}\n", "ascii")

        def start(port: int) -> AbstractContextManager[object]:
            configuration = home / "clamd.conf"
            configuration.write_text(
                f"TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {signatures}\n"
                f"TemporaryDirectory {home}\nForeground yes\nStreamMaxLength 25M\nMaxThreads 4\n",
                "ascii",
            )
            command = [processes.program("clamd"), f"--config-file={configuration}"]
            return processes.running(command, cwd=home, ready=lambda: _clamd_answers(port))

        with _on_a_free_port(start) as port:
            yield f"tcp://127.0.0.1:{port}"


@contextmanager
def seaweedfs(bucket: str = "sunshine") -> Iterator[str]:
    """Start SeaweedFS with its S3 door and an empty bucket, and yield the bucket's address with its keys."""
    name, key = "sunshine", secrets.token_hex(16)
    identity = {
        "name": name,
        "credentials": [{"accessKey": name, "secretKey": key}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    with processes.folder("s3") as home:
        (home / "s3.json").write_text(json.dumps({"identities": [identity]}), "ascii")

        @contextmanager
        def start(port: int) -> Iterator[None]:
            command = _weed(home, port)
            ready = partial(_takes_a_file, port, name, key, bucket)
            try:
                with processes.running(command, cwd=home, ready=ready, stop=signal.SIGKILL):
                    yield
            finally:
                _sweep_sockets(command)

        with _on_a_free_port(start) as port:
            yield f"s3+http://{name}:{key}@127.0.0.1:{port}/{bucket}"


@contextmanager
def nginx(server: str) -> Iterator[str]:
    """Start nginx with the inside of one `server { … }` block and yield the address it listens on."""
    with nginx_as(f"server {{ listen 127.0.0.1:8080;\n{server}\n }}") as address:
        yield address


@contextmanager
def nginx_as(configuration: str) -> Iterator[str]:
    """Start nginx with the inside of an `http { … }` block that listens on 127.0.0.1:8080, on a free port."""
    with processes.folder("nginx") as home:

        def start(port: int) -> AbstractContextManager[object]:
            here = configuration.replace("listen 127.0.0.1:8080", f"listen 127.0.0.1:{port}")
            (home / "nginx.conf").write_text(_nginx_configuration(home, here), "utf-8")
            command = [
                processes.program("nginx"),
                "-p",
                str(home),
                "-e",
                "stderr",
                "-c",
                str(home / "nginx.conf"),
            ]
            return processes.running(command, cwd=home, ready=lambda: processes.listens(port))

        with _on_a_free_port(start) as port:
            yield f"http://127.0.0.1:{port}"


@contextmanager
def in_front_of(home: Path, port: int) -> Iterator[str]:
    """Start nginx as docs/nginx.conf has it before an installation served on a port; yield its address."""
    told = (Path(__file__).parents[2] / "docs" / "nginx.conf").read_text("utf-8")
    told = told.replace("/srv/sunshine/var", str(home)).replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    home.chmod(0o755)  # a temporary folder is its owner's alone
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Asia/Shanghai"
    try:
        with nginx_as(told) as address:
            yield address
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)


@contextmanager
def _on_a_free_port(start: Callable[[int], AbstractContextManager[object]]) -> Iterator[int]:
    """Start a server on a free port, and on another one when somebody was faster."""
    for attempt in range(_ATTEMPTS):
        port = processes.free_port()
        server = start(port)
        try:
            server.__enter__()
        except processes.DidNotStart:
            if attempt == _ATTEMPTS - 1:
                raise
            continue
        try:
            yield port
        finally:
            server.__exit__(None, None, None)
        return


def _not_root() -> str:
    """Return the user to run PostgreSQL as: it refuses to be root. Empty when we are not."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _clamd_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(16) == b"PONG\0"
    except OSError:
        return False


def _weed(home: Path, port: int) -> list[str]:
    """Return the command for a whole SeaweedFS in one process, its S3 door on `port`."""
    command = [processes.program("weed", Path(sys.executable).parent), "-logtostderr=true", "server"]
    command += [f"-dir={home}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", f"-s3.port={port}"]
    command += [f"-s3.config={home / 's3.json'}", "-volume.max=4", "-master.volumeSizeLimitMB=64"]
    for part in ("master", "volume", "filer"):
        command += [f"-{part}.port={processes.free_port()}", f"-{part}.port.grpc={processes.free_port()}"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]  # doors at fixed ports that nobody here uses
    return [*command, f"-s3.port.grpc={processes.free_port()}"]


def _sweep_sockets(command: list[str]) -> None:
    """Remove the sockets that SeaweedFS leaves beside our folder, known by the ports it was given."""
    for word in command:
        port = word.rpartition("=")[2]
        if ".port" in word and port.isdecimal():
            for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108  # its choice, not ours
                path.unlink(missing_ok=True)


def _takes_a_file(port: int, name: str, key: str, bucket: str) -> bool:
    """Make the bucket where it is missing and say whether a file can be put into it."""
    if not processes.listens(port):
        return False
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id=name,
        aws_secret_access_key=key,
        region_name="us-east-1",
    )
    try:
        if bucket not in [known["Name"] for known in client.list_buckets().get("Buckets", [])]:
            client.create_bucket(Bucket=bucket)
        client.put_object(Bucket=bucket, Key="ready", Body=b"1")
        client.delete_object(Bucket=bucket, Key="ready")
    except (BotoCoreError, ClientError):  # until the filer and a volume have joined
        return False
    return True


def _nginx_configuration(home: Path, inside: str) -> str:
    user = "user root;" if os.geteuid() == 0 else ""
    places = "\n".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"{user} daemon off; worker_processes 1; pcre_jit on; pid {home}/nginx.pid;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{ access_log off; {places}\n{inside}\n}}\n"
    )
