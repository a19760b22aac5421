"""What the talk about the public postal service (bưu chính công ích) asks of the rest of the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.ports import Catalogue
from bot.postal.office import PostOffice
from bot.postal.ports import FindsOffices, PostalFacts, ReadsPlaces
from bot.postal.public_links import PublicLinks
from feedback.working_time.loading import WorkingTime
from nlu.places.place import Province


@dataclass(frozen=True)
class AboutPostal:
    """What the flows about the post read."""

    facts: PostalFacts
    places: ReadsPlaces
    offices: FindsOffices
    catalogue: Catalogue
    time: WorkingTime
    links: PublicLinks
    map_link: Callable[[PostOffice], str]
    """The address of a map that shows a post office."""
    home: Province | None = None
    """The province whose offices this installation serves: papers go there unless somebody says otherwise; ``None`` asks."""
    request: str = ""
    """Name of the flow that fills in the sender's slip (Phiếu gửi hồ sơ); empty where there is none."""
