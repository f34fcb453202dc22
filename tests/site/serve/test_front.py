"""nginx's configuration: what it says, and that nginx itself accepts it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from anzhi.site.serve import front

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")


def render(**given: object) -> str:
    values: dict[str, object] = {"listen": ["127.0.0.1:8000"], "root": False, "files": 65536}
    return front.render(**(values | given))  # type: ignore[arg-type] — one dict for all keywords


def test_every_place_is_filled() -> None:
    assert "@" not in render()


def test_it_listens_where_it_is_told() -> None:
    text = render(listen=["127.0.0.1:8123", "[::1]:8123"])
    assert "listen 127.0.0.1:8123;" in text
    assert "listen [::1]:8123;" in text


def test_only_root_names_a_user() -> None:
    assert "user root;" in render(root=True)
    assert "user " not in render(root=False)


@pytest.mark.parametrize(("files", "connections"), [(256, 96), (1024, 480), (1_000_000, 4096)])
def test_connections_fit_the_open_files_limit(files: int, connections: int) -> None:
    assert f"worker_connections {connections};" in render(files=files)


def test_only_the_statement_upload_may_be_large() -> None:
    lines = [line.strip() for line in render().splitlines() if "client_max_body_size" in line]
    assert lines == [
        "client_max_body_size 10m;",
        "location /funds/statements/upload/ { client_max_body_size 2g; proxy_pass http://pages; }",
    ]


def test_files_with_an_owner_are_internal() -> None:
    line = next(line for line in render().splitlines() if "/protected/" in line)
    assert "internal;" in line


def test_logs_hold_no_query_string() -> None:
    line = next(line for line in render().splitlines() if "log_format" in line)
    assert not {"$request ", "$args", "$request_uri", "$query_string"} & set(line.replace("'", " ").split(" "))


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_accepts_it_below_a_folder_with_odd_letters(tmp_path: Path) -> None:
    run = tmp_path / "文件 夹; $x" / "run"
    for folder in (run, run.parent / "log"):
        folder.mkdir(parents=True)
    front.write(run, run, listen=["127.0.0.1:0"])
    (run / "nginx.conf").write_text(render(listen=["unix:front.sock"]))
    command = [str(NGINX), "-p", "./", "-c", "nginx.conf", "-e", "../log/nginx.log", "-t"]
    done = subprocess.run(command, cwd=run, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
