"""What all tables share: named constraints, 64-bit keys, references, Telegram ids."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table
from sqlmodel import SQLModel

# Named constraints from the first revision on: SQLite's batch migrations cannot drop unnamed ones.
METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A 64-bit key that SQLite still counts up by itself.
_KEY = BigInteger().with_variant(Integer, "sqlite")


def key() -> Column[int]:
    """The column of a table's own key."""
    return Column(_KEY, primary_key=True, autoincrement=True)


def ref(target: str, *, nullable: bool = False, primary_key: bool = False, index: bool = False) -> Column[int]:
    """A column that points to another table's key."""
    return Column(_KEY, ForeignKey(target), nullable=nullable, primary_key=primary_key, index=index)


def telegram_id(*, nullable: bool = True, unique: bool = False, primary_key: bool = False) -> Column[int]:
    """The column of a Telegram id."""
    return Column(BigInteger, nullable=nullable, unique=unique, primary_key=primary_key, autoincrement=False)


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model, for Core statements."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare its table
    return table
