"""Readers of bank statement files: pure Python, streaming, exact; they know no database and no Django.

`reading.read` is the door, `model` is what comes out of it, `cli.main` is `./anzhi statements parse`.
"""
