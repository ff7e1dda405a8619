"""A firm's gatherings, and those to which its bureau asks it: who speaks."""

from flask import Blueprint

from tenants.database import Audience
from webapp.gatherings.desk import open_desk

blueprint = Blueprint("firm_gatherings", __name__, url_prefix="/firm/events")
open_desk(blueprint, Audience.FIRM, "run_firm")
