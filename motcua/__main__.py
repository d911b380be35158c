"""`python -m motcua` is the `motcua` command."""

import sys

from motcua.cli import main

sys.exit(main())
