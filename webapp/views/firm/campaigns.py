"""A firm's own campaigns: made, given codes, begun and ended."""

from flask import Blueprint

from tenants.database import Audience
from webapp.campaigns.desk import open_desk

blueprint = Blueprint("firm_campaigns", __name__, url_prefix="/firm/campaigns")
open_desk(blueprint, Audience.FIRM, "run_firm")
