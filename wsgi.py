"""The WSGI entry point: granian serves `wsgi:app`."""

from webapp.app import create_app
from webapp.settings import Settings

app = create_app(Settings.from_env())
