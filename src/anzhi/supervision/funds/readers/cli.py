"""`./anzhi statements parse FILE`: what is in a file, without database and without settings."""

import argparse
import json
import sys
from decimal import Decimal

from anzhi.supervision.funds.readers.model import Format
from anzhi.supervision.funds.readers.problems import ReadError, Refused
from anzhi.supervision.funds.readers.reading import AUTO, detect, read
from anzhi.supervision.funds.readers.summary import Summary, Totals, summarise

EMPTY = Summary([], [])


def main(argv: list[str] | None = None) -> int:
    """Parse one file and print its figures; 0 when the file is whole, 1 when it is refused."""
    options = _arguments().parse_args(argv)
    known, summary, errors = parse(options.file, options.mapping, options.account)
    if options.json:
        json.dump(as_json(known, summary, errors), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(as_table(options.file, known, summary, errors))
    return 1 if errors else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("anzhi statements parse", description=__doc__)
    parser.add_argument("file")
    parser.add_argument(
        "--mapping",
        default=AUTO,
        help="icbc, abc, boc, ccb, bocom, generic; auto by default",
    )
    parser.add_argument("--account", default="", help="the account, for sheets that do not name it")
    parser.add_argument("--json", action="store_true")
    return parser


def parse(path: str, mapping: str = AUTO, account: str = "") -> tuple[Format | None, Summary, tuple[ReadError, ...]]:
    """Format, figures and errors of a file; a refused file has no figures."""
    known = None
    try:
        known = detect(path, mapping)
        return known, summarise(read(path, mapping, account)), ()
    except Refused as refused:
        return known, EMPTY, refused.errors


def as_json(known: Format | None, summary: Summary, errors: tuple[ReadError, ...]) -> dict[str, object]:
    """The documented object; amounts are decimal strings."""
    return {
        "format": known.kind if known else None,
        "statements": [_statement(totals) for totals in summary.statements],
        "entries": summary.entries,
        "credits": _plain(summary.credits),
        "debits": _plain(summary.debits),
        "errors": [{"where": error.where, "message": error.message} for error in errors],
    }


def _statement(totals: Totals) -> dict[str, object]:
    statement = totals.statement
    return {
        "account": statement.account,
        "currency": statement.currency,
        "opening": _plain(statement.opening),
        "closing": _plain(statement.closing),
        "entries": totals.entries,
        "credits": _plain(totals.credits),
        "debits": _plain(totals.debits),
        "pending": totals.pending,
        "balance_ok": totals.balance_ok,
    }


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def as_table(path: str, known: Format | None, summary: Summary, errors: tuple[ReadError, ...]) -> str:
    """The same for a person's eyes."""
    lines = [path]
    if known:
        lines[0] += f"（{known.kind}{f'，映射 {known.mapping}' if known.mapping else ''}）"
    lines += [f"  ✗ {error.where} {error.message}".replace("  ✗  ", "  ✗ ") for error in errors]
    for totals in summary.statements:
        lines += _statement_lines(totals)
    lines += [f"  ! {remark.where} {remark.message}" for remark in summary.remarks]
    if not errors:
        lines.append(f"  共 {summary.entries} 笔，收 {summary.credits:,f}，付 {summary.debits:,f}")
    return "\n".join(lines) + "\n"


_VERDICTS = {True: "余额相符", False: "余额不符", None: "文件未列余额"}


def _statement_lines(totals: Totals) -> list[str]:
    statement = totals.statement
    opening, closing = ("—" if amount is None else f"{amount:,f}" for amount in (statement.opening, statement.closing))
    pending = f"（另有未记账 {totals.pending} 笔）" if totals.pending else ""
    return [
        f"  账号 {statement.account} {statement.currency}",
        f"    期初 {opening}  收 {totals.credits:,f}  付 {totals.debits:,f}  期末 {closing}",
        f"    {totals.entries - totals.pending} 笔{pending}  {_VERDICTS[totals.balance_ok]}",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
