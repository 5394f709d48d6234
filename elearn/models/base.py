"""The base of all rows: naming of constraints, UTC times, JSON and the columns many rows share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from elearn.clock import now
from elearn.database.types import Json, UtcDateTime
from elearn.identifiers import new_uid

Key = Annotated[int, mapped_column(primary_key=True)]
Uid = Annotated[str, mapped_column(String(32), unique=True, default=new_uid)]
Code = Annotated[str, mapped_column(String(64))]
Name = Annotated[str, mapped_column(String(300))]
LongText = Annotated[str, mapped_column(Text, default="")]
Digest = Annotated[str, mapped_column(String(64))]
Blob = Annotated[bytes, mapped_column(LargeBinary)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
CreatedAt = Annotated[datetime, mapped_column(UtcDateTime, default=now)]
Document = Annotated[dict[str, Any], mapped_column(Json, default=dict)]
Texts = Annotated[list[str], mapped_column(Json, default=list)]


class Row(DeclarativeBase):
    """The base class of every row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
