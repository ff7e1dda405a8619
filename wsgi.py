"""The WSGI entry point: granian serves `wsgi:app`."""

import gc

from webapp.app import create_app
from webapp.settings import Settings

app = create_app(Settings.from_env())

# What is loaded now lives as long as the process: without it the collector's pauses stay short.
gc.collect()
gc.freeze()
