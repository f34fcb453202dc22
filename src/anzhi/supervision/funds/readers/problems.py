"""How a reader refuses a file: each error names the place, the fault and the cure."""

from typing import NamedTuple

from anzhi.supervision.funds.readers import messages


class ReadError(NamedTuple):
    """One reason why a file is refused."""

    where: str
    """A line, a row, or the path of an element; empty when it is the whole file."""
    code: str
    params: dict[str, str]

    @property
    def message(self) -> str:
        """The sentence in Chinese."""
        return messages.render(self.code, self.params)

    @property
    def message_en(self) -> str:
        """The sentence in English."""
        return messages.render(self.code, self.params, messages.EN)


class Refused(Exception):
    """The file is refused as a whole."""

    def __init__(self, *errors: ReadError) -> None:
        super().__init__("; ".join(f"{e.where}: {e.code}" for e in errors))
        self.errors = errors


def refuse(code: str, where: str = "", **params: object) -> Refused:
    """Build the refusal to raise."""
    return Refused(ReadError(where, code, {name: str(value) for name, value in params.items()}))
