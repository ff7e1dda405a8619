"""A bureau's gatherings: made, firms asked for lawyers, moved, called off, said how they were."""

from flask import Blueprint

from tenants.database import Audience
from webapp.gatherings.desk import open_desk

blueprint = Blueprint("bureau_gatherings", __name__, url_prefix="/bureau/events")
open_desk(blueprint, Audience.BUREAU, "supervise")
