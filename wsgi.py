"""What granian serves: `wsgi:gate`, before the WSGI application `app`."""

from functools import partial

from webapp.app import create_app
from webapp.edge.gate import Gate
from webapp.edge.limits import MOST_FORM, most_bytes
from webapp.logs import configure_logs
from webapp.serving import end_with_parent
from webapp.settings import Settings
from webapp.warming import warm_up_beside

settings = Settings.from_env()
configure_logs(settings)
end_with_parent()
app = create_app(settings)
gate = Gate(app, threads=2, most_bytes=partial(most_bytes, app), most_light=MOST_FORM, folder=settings.passing_dir)
warm_up_beside(app)
