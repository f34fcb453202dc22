"""`python -m anzhi.supervision.funds.readers FILE`."""

from anzhi.supervision.funds.readers.cli import main

raise SystemExit(main())
