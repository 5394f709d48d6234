"""`python -m elearn.cli` is `elearn`, also where no script was installed."""

from elearn.cli import main

main(prog_name="elearn")
