"""The settings that differ from Debian's defaults, and why."""

import os
from pathlib import Path

_TEMPLATE = """\
# Written at each start by ./anzhi.
listen_addresses = ''                     # the Unix socket is the only door
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
port = {port}
max_connections = 120                     # pools of web, live and workers, and room for tests
shared_buffers = {buffers}
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
max_wal_size = 4GB
random_page_cost = 1.1                    # solid-state disks
jit = off                                 # our queries are short; compiling them costs more than it saves
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u '
logging_collector = off
"""
_UNSAFE = """\
fsync = off                               # a throw-away cluster: a crash may lose it
synchronous_commit = off
full_page_writes = off
"""


def render(*, socket: Path, port: int, buffers: str, unsafe: bool) -> str:
    """The text of anzhi.conf."""
    quoted = str(socket).replace("'", "''")
    return _TEMPLATE.format(socket=quoted, port=port, buffers=buffers) + (_UNSAFE if unsafe else "")


def wanted(socket: Path, port: int) -> str:
    """anzhi.conf as the environment asks for it."""
    buffers = os.environ.get("ANZHI_PG_BUFFERS") or "512MB"
    return render(socket=socket, port=port, buffers=buffers, unsafe=os.environ.get("ANZHI_PG_UNSAFE") == "1")
