"""The WSGI entry point of the office."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.office.settings")
application = get_wsgi_application()
