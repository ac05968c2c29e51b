"""What posting and reading cost, measured against a bare database: `make bench`, or `python -m bench`.

docs/bench.md says what each row means and how to read it.
"""
