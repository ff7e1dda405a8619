"""A bureau's campaigns: made, filled with partners, firms and codes, begun and ended; its firms' stopped."""

from flask import Blueprint

from tenants.database import Audience
from webapp.campaigns.desk import open_desk

blueprint = Blueprint("campaigns", __name__, url_prefix="/bureau/campaigns")
open_desk(blueprint, Audience.BUREAU, "supervise")
