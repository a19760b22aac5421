"""What the talk about dossiers is given: the desk, what is watched, dated tables, working time, and pages for slips."""

from __future__ import annotations

from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Clock
from bot.dialogue.dossier_ports import AboutDossiers, Watches
from bot.dossiers.agencies import load_agencies
from bot.dossiers.desk import Desk
from bot.dossiers.forms import load_forms
from bot.dossiers.photos import Photos
from bot.dossiers.slip_links import SlipLinks
from bot.settings import Settings
from feedback.working_time.loading import load_working_time


def make_dossier_talk(settings: Settings, desk: Desk, watches: Watches, photos: Photos, clock: Clock) -> AboutDossiers:
    """Put it together around a desk."""
    return AboutDossiers(
        desk=desk,
        watches=watches,
        agencies=load_agencies(),
        forms=load_forms(),
        time=load_working_time(),
        photos=photos,
        slip_address=slip_links(settings, clock).address,
    )


def slip_links(settings: Settings, clock: Clock) -> SlipLinks:
    """Return what makes and reads the addresses of slips' pages."""
    _, encryption_key = settings.require_keys()
    return SlipLinks(settings.public_url, AesGcmCipher(encryption_key.reveal()), clock)
