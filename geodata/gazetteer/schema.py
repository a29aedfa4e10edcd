"""The gazetteer's file: its tables, and the version that readers check."""

from __future__ import annotations

SCHEMA_VERSION = 1  # raise it whenever what a file must hold changes; older files are then refused

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    country TEXT NOT NULL,
    admin1 TEXT NOT NULL,
    precision TEXT NOT NULL,
    kind TEXT NOT NULL,
    population INTEGER NOT NULL,
    prior REAL NOT NULL,
    cell INTEGER NOT NULL,
    rank INTEGER NOT NULL
);
-- form is empty where it is the place's own name
CREATE TABLE name (
    key TEXT NOT NULL,
    place INTEGER NOT NULL,
    source INTEGER NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (key, place, form)
) WITHOUT ROWID;
-- ids of records that were folded into another one
CREATE TABLE same (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
-- names worth looking for in running text
CREATE TABLE surface (form TEXT PRIMARY KEY, population INTEGER NOT NULL) WITHOUT ROWID;
"""

# Made after the rows: faster, and the pages lie in order.
INDEXES = """
CREATE UNIQUE INDEX place_id ON place (id);
CREATE INDEX place_cell ON place (cell);
CREATE INDEX place_rank ON place (rank);
"""
