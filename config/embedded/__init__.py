"""PostgreSQL and a job broker from Python packages, for machines that have neither.

Used by `make demo`, `make test` and `make bench`. A production machine names its own servers with
DATABASE_URL and CELERY_BROKER_URL, and nothing here runs.
"""

from config.embedded.services import Services, serve_from, temporary_services

__all__ = ["Services", "serve_from", "temporary_services"]
