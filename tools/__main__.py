"""`python -m tools VERB …`, as ./anzhi calls it."""

import sys

from tools.command import main

sys.exit(main(sys.argv[1:]))
