"""The sh part: what it finds missing on a planted machine, and what it then does."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = ("sh", "readlink", "dirname", "cat", "xargs", "mkdir", "date", "env", "tail", "tee", "echo", "grep")
HELP = (ROOT / "tools/help.txt").read_text()
WITNESSES = {
    "ca-certificates": "etc/ssl/certs/ca-certificates.crt",
    "postgresql-15": "usr/lib/postgresql/15/bin/postgres",
    "postgresql-15-postgis-3": "usr/share/postgresql/15/extension/postgis.control",
    "libgdal32": "usr/lib/x86_64-linux-gnu/libgdal.so.32",
    "fonts-noto-cjk": "usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
}
PROGRAMS = {
    "nginx": "nginx", "nodejs": "node", "npm": "npm", "gettext": "xgettext", "chromium": "chromium",
}  # fmt: skip


class Machine:
    """A bare system in a folder: programs that only tell their arguments."""

    def __init__(self, folder: Path, user: int) -> None:
        self.project, self.system, self.bin = folder / "a project", folder / "system", folder / "bin"
        for made in (self.project / "tools", self.system, self.bin):
            made.mkdir(parents=True)
        shutil.copy(ROOT / "anzhi", self.project)
        (self.project / "tools/help.txt").write_text(HELP)
        for word in WORDS:
            (self.bin / word).symlink_to(str(shutil.which(word)))
        self.program("id", f"echo {user}")

    def program(self, name: str, body: str = 'echo "$0 $*"') -> None:
        """Plant a program."""
        (self.bin / name).write_text(f"#!/bin/sh\n{body}\n")
        (self.bin / name).chmod(0o755)

    def witness(self, package: str) -> None:
        """Plant what a package would bring."""
        if path := WITNESSES.get(package):
            (self.system / path).parent.mkdir(parents=True, exist_ok=True)
            (self.system / path).touch()
        else:
            self.program(PROGRAMS[package])

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command there."""
        env = {"PATH": str(self.bin), "ANZHI_SYSTEM": str(self.system)}
        return subprocess.run([self.project / "anzhi", *arguments], env=env, text=True, capture_output=True)


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """An ordinary user's bare machine, without sudo."""
    return Machine(tmp_path, user=1000)


def complete(machine: Machine, *, without: str = "") -> None:
    machine.program("python3.11", 'case "$*" in *ensurepip*) ;; *) echo "ran: $* with $PYTHONPATH" ;; esac')
    for package in {*WITNESSES, *PROGRAMS} - {without}:
        machine.witness(package)


def test_help_needs_nothing(bare: Machine) -> None:
    answer = bare.run("help")
    assert (answer.returncode, answer.stdout) == (0, HELP)
    assert not (bare.project / "var").exists()


def test_without_rights_the_whole_list_is_told(bare: Machine) -> None:
    answer = bare.run("demo")
    assert answer.returncode == 3
    listed = answer.stderr.split("--no-install-recommends", 1)[1].split()
    assert listed == [
        "python3", "python3-venv", "ca-certificates", "postgresql-15", "postgresql-15-postgis-3",
        "libgdal32", "nginx", "nodejs", "npm",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["test", "shots", "lint", "setup"])
def test_developers_need_a_browser_and_fonts(bare: Machine, verb: str) -> None:
    assert bare.run(verb).stderr.split()[-3:] == ["gettext", "chromium", "fonts-noto-cjk"]


@pytest.mark.parametrize("package", sorted({*WITNESSES, *PROGRAMS}))
def test_one_absent_package_is_named_alone(bare: Machine, package: str) -> None:
    complete(bare, without=package)
    answer = bare.run("test")
    assert answer.returncode == 3
    assert answer.stderr.rstrip().endswith(f"--no-install-recommends {package}")


def test_a_complete_machine_hands_over_at_once(bare: Machine) -> None:
    complete(bare)
    answer = bare.run("demo", "--port", "81 23")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == f"ran: -P -m tools demo --port 81 23 with {bare.project}\n"


def test_root_installs_exactly_what_is_missing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    complete(machine, without="libgdal32")
    machine.program("apt-get", f'echo "$*" >> "{tmp_path}/apt"')
    answer = machine.run("demo")
    assert answer.returncode == 0, answer.stderr
    update, install = (tmp_path / "apt").read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith("install -y --no-install-recommends libgdal32")


def test_a_failed_installation_shows_its_end(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    complete(machine, without="npm")
    machine.program("apt-get", "echo no network here; exit 100")
    answer = machine.run("demo")
    assert answer.returncode == 1
    assert "no network here" in answer.stderr


@pytest.mark.parametrize("slip", ["dmeo", "dem", ".*", "help me", "-v", "demo serve"])
def test_a_slip_of_the_finger_installs_nothing(tmp_path: Path, slip: str) -> None:
    machine = Machine(tmp_path, user=0)
    machine.program("apt-get", f'echo "$*" >> "{tmp_path}/apt"')
    answer = machine.run(slip)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"anzhi: there is no command '{slip}'; ./anzhi help lists them\n"
    assert not (tmp_path / "apt").exists()
    assert not (machine.project / "var").exists()


@pytest.mark.parametrize("verb", ["-h", "--help", "help"])
def test_help_has_three_names(bare: Machine, verb: str) -> None:
    assert bare.run(verb).stdout == HELP


def test_stop_installs_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    complete(machine, without="nginx")
    machine.program("apt-get", f'echo "$*" >> "{tmp_path}/apt"')
    assert machine.run("stop").returncode == 0
    assert not (tmp_path / "apt").exists()


def test_a_user_with_sudo_installs_with_it(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=1000)
    complete(machine, without="npm")
    machine.program("apt-get", f'echo "$*" >> "{tmp_path}/apt"')
    machine.program("sudo", f'[ "$1" = -n ] && exit 0; echo "$1" >> "{tmp_path}/sudo"; exec "$@"')
    answer = machine.run("demo")
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "apt").read_text().splitlines()[-1].endswith("install -y --no-install-recommends npm")
    assert set((tmp_path / "sudo").read_text().split()) == {"env"}


def test_no_main_cluster_is_made_beside_ours(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=1000)
    complete(machine, without="postgresql-15")
    machine.program("apt-get", ":")
    # what would go below /etc is only told
    machine.program("sudo", f'case "$1" in -n) ;; tee) cat > "{tmp_path}/conf" ;; env) ;; *) echo "$*" ;; esac')
    answer = machine.run("demo")
    assert answer.returncode == 0, answer.stderr
    assert "mkdir -p /etc/postgresql-common/createcluster.d" in answer.stdout
    assert (tmp_path / "conf").read_text() == "create_main_cluster = false\n"


def test_a_var_that_belongs_to_another_is_told(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=1000)
    complete(machine)
    (machine.project / "var").write_text("no folder")
    answer = machine.run("demo")
    assert answer.returncode == 1
    assert "var belongs to another account" in answer.stderr


def test_another_python_is_not_taken(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=1000)
    complete(machine)
    machine.program("python3.11", "exit 1")
    answer = machine.run("demo")
    assert answer.returncode == 3
    assert answer.stderr.rstrip().endswith("--no-install-recommends python3 python3-venv")


def test_another_system_is_told_apart(tmp_path: Path) -> None:
    machine = Machine(tmp_path, user=0)
    complete(machine, without="npm")
    answer = machine.run("demo")
    assert answer.returncode == 3
    assert "npm" in answer.stderr


def test_the_script_is_plain_sh() -> None:
    assert os.access(ROOT / "anzhi", os.X_OK)
    assert subprocess.run(["dash", "-n", ROOT / "anzhi"]).returncode == 0
    assert os.access(ROOT / ".ci/run", os.X_OK)
