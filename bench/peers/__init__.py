"""Other double-entry ledgers for Django, each posting a two-leg transaction through its public way.

A peer runs in processes of its own, with Django settings of its own, in a database of its own on the same server.
Run as `python -m bench.peers.hordak prepare URL` once, then as `... post URL SECONDS SEED`; see bench.workers.
"""
