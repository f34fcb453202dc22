"""Alert tests speak bank statements as the funds tests do."""

from supervision.funds.conftest import own_files, spoken

__all__ = ["own_files", "spoken"]
