import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# People wait for its answers, so it waits less long than a worker does.
os.environ.setdefault("BONDBOOK_PART", "web")

application = get_wsgi_application()
