"""Rows in, frozen values out. The only room that knows SQLModel and SQLAlchemy.

Every function takes the connection of an open transaction and commits nothing:
`core.store.engine` begins and commits, in one place.
"""
