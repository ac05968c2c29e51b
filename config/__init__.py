"""The frame around the apps: settings, URLs, jobs, and the start on a bare machine."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
