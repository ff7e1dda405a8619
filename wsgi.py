"""What granian serves: `wsgi:gate`, before the WSGI application `app`."""

import gc
from functools import partial

from webapp.app import create_app
from webapp.edge.gate import Gate
from webapp.edge.limits import MOST_FORM, most_bytes
from webapp.logs import configure_logs
from webapp.serving import end_with_parent
from webapp.settings import Settings

settings = Settings.from_env()
configure_logs(settings)
end_with_parent()
app = create_app(settings)
gate = Gate(app, threads=2, most_bytes=partial(most_bytes, app), most_light=MOST_FORM)

# What is loaded now lives as long as the process: without it the collector's pauses stay short.
gc.collect()
gc.freeze()
