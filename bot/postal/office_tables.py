"""The table of post offices that the operator imported. Nothing in it is about a person."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, Index, MetaData, String, Table

from feedback.columns import NAMES

metadata = MetaData(naming_convention=NAMES)

CODE_LENGTH = 20
NAME_LENGTH = 200
ADDRESS_LENGTH = 400
PHONE_LENGTH = 60
HOURS_LENGTH = 300
SOURCE_LENGTH = 200

post_office = Table(
    "post_office",
    metadata,
    Column("code", String(CODE_LENGTH), primary_key=True, comment="The post's own number"),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("address", String(ADDRESS_LENGTH), nullable=False),
    Column("commune", String(5), nullable=False, comment="Today's commune; empty where the list's place was not clear"),
    Column("province", String(2), nullable=False, comment="Today's province; empty likewise"),
    Column("phone", String(PHONE_LENGTH), nullable=False),
    Column("hours", String(HOURS_LENGTH), nullable=False, comment="Opening hours as the list says"),
    Column("latitude", Double, nullable=True),
    Column("longitude", Double, nullable=True),
    Column("exact", Boolean, nullable=False, comment="False: latitude and longitude are of the commune's middle"),
    Column("as_of", String(10), nullable=False, comment="When the list stood so, ISO"),
    Column("source", String(SOURCE_LENGTH), nullable=False, comment="Who made the list"),
    Index("ix_post_office_province", "province"),
    Index("ix_post_office_point", "latitude", "longitude"),
)
