"""What can be set for the Official Account; without its settings the channel is off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.zalo_oa.signature import VARIANTS, Keys, Variant, read_variants
from bot.settings import Settings, SettingsError


@dataclass(frozen=True)
class Hosts:
    """Where Zalo answers; a test puts its own server there."""

    api: str = "https://openapi.zalo.me"
    business: str = "https://business.openapi.zalo.me"
    """Template messages by telephone number."""
    oauth: str = "https://oauth.zaloapp.com"


@dataclass(frozen=True)
class ZaloOaSettings:
    """One Official Account."""

    app_id: str
    oa_id: str
    app_secret: str = field(repr=False)
    oa_key: str = field(default="", repr=False)
    """The OA secret key of the console's webhook page; empty when the console shows none."""
    variants: tuple[Variant, ...] = VARIANTS
    """Ways of signing that are believed."""
    refused: int = 403
    """Status for a request that is not genuine."""
    proof: bool = False
    """Whether calls carry ``appsecret_proof``."""
    paid: bool = False
    """Whether a notice between 48 hours and 7 days may be a billed consultation message."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """Ids of approved templates by kind of notice."""
    code_verifier: str = field(default="", repr=False)
    """Fits the fixed ``code_challenge`` of the console; empty: no authorisation callback."""
    contact_image: str = ""
    """Address of the picture above the form that asks for a telephone number."""
    hosts: Hosts = Hosts()

    @property
    def keys(self) -> Keys:
        """What requests are signed with."""
        return Keys(self.app_id, self.oa_id, self.oa_key, self.app_secret)


def zalo_oa_settings(settings: Settings) -> ZaloOaSettings | None:
    """Return the account's settings; ``None`` when it is off.

    Raises:
        SettingsError: some are given and others that they need are not.
    """
    needed = {
        "MOTCUA_ZALO_OA_APP_ID": settings.zalo_oa_app_id,
        "MOTCUA_ZALO_OA_ID": settings.zalo_oa_id,
        "MOTCUA_ZALO_OA_APP_SECRET": settings.zalo_oa_app_secret,
    }
    # Its id alone only names its door on our pages.
    if not settings.zalo_oa_app_id and not settings.zalo_oa_app_secret:
        return None
    problems = [f"{name} is missing; the Zalo Official Account needs it" for name, value in needed.items() if not value]
    variants: tuple[Variant, ...] = ()
    try:
        variants = read_variants(settings.zalo_oa_signature)
    except ValueError as error:
        problems.append(f"MOTCUA_ZALO_OA_SIGNATURE {error}")
    if problems or settings.zalo_oa_app_secret is None:
        raise SettingsError(problems)
    base = settings.zalo_oa_base_url
    return ZaloOaSettings(
        app_id=settings.zalo_oa_app_id,
        oa_id=settings.zalo_oa_id,
        app_secret=settings.zalo_oa_app_secret.reveal(),
        oa_key=settings.zalo_oa_secret_key.reveal() if settings.zalo_oa_secret_key else "",
        variants=variants,
        refused=settings.zalo_oa_refused_status,
        proof=settings.zalo_oa_appsecret_proof,
        paid=settings.zalo_oa_paid,
        templates=settings.zalo_oa_templates,
        code_verifier=settings.zalo_oa_code_verifier.reveal() if settings.zalo_oa_code_verifier else "",
        contact_image=settings.zalo_oa_contact_image,
        hosts=Hosts(base, base, base) if base else Hosts(),
    )
