"""The WSGI entry point: granian serves `wsgi:app`."""

import gc

from webapp.app import create_app
from webapp.logs import configure_logs
from webapp.serving import end_with_parent
from webapp.settings import Settings

settings = Settings.from_env()
configure_logs(settings)
end_with_parent()
app = create_app(settings)

# What is loaded now lives as long as the process: without it the collector's pauses stay short.
gc.collect()
gc.freeze()
