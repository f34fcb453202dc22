"""The board is tried with statements."""

from supervision.funds.conftest import own_files, spoken

__all__ = ["own_files", "spoken"]
