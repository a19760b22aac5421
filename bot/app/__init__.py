"""The composition root: the only package that names concrete classes and puts the house together."""

from bot.app.dossiers import Dossiers, make_dossier_store, make_dossier_watch, open_dossiers
from bot.app.feedback_samples import load_feedback_samples
from bot.app.figures import make_recount
from bot.app.house import House, Kept, doors_of, load_house_texts, make_dialogue, make_kept, open_house, project_root
from bot.app.officials import first_account, make_officials
from bot.app.organisations import make_digests
from bot.app.sending import (
    make_engine,
    make_share,
    make_watch,
    old_things,
    open_platforms,
    post_slips,
    send_codes,
    tell_of_feedback,
    tell_of_requests,
    tell_officials,
)
from bot.app.understanding import REFRESH_SECONDS, follow_catalogue, free_port, make_nlu_process
from bot.app.web import make_web_app, readiness

__all__ = [
    "REFRESH_SECONDS",
    "Dossiers",
    "House",
    "Kept",
    "doors_of",
    "first_account",
    "follow_catalogue",
    "free_port",
    "load_feedback_samples",
    "load_house_texts",
    "make_dialogue",
    "make_digests",
    "make_dossier_store",
    "make_dossier_watch",
    "make_engine",
    "make_kept",
    "make_nlu_process",
    "make_officials",
    "make_recount",
    "make_share",
    "make_watch",
    "make_web_app",
    "old_things",
    "open_dossiers",
    "open_house",
    "open_platforms",
    "post_slips",
    "project_root",
    "readiness",
    "send_codes",
    "tell_of_feedback",
    "tell_of_requests",
    "tell_officials",
]
