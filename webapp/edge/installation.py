"""What a request is served with: the settings of this installation and the keys that open its cases."""

from flask import current_app

from billing.fees.catalogue import Catalogue, get_catalogue
from checkup.cases.sealing import Keyring
from webapp.settings import Settings


def installation() -> Settings:
    """The settings that `create_app` was given."""
    settings: Settings = current_app.extensions["famai"]
    return settings


def fee_catalogue() -> Catalogue:
    """What this installation charges for."""
    return get_catalogue(installation().fees_file)


def case_keys() -> Keyring:
    """Opens every sealed case of this installation, where the database shows its row."""
    return installation().keyring()
