"""The gate `demo`: what a newcomer does with `make demo`, done by a program that finds fault with everything it opens.

`make demo-check` runs it. It starts the demonstration itself, on a free port and an empty folder.
"""
