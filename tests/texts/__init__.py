"""Tests of the texts room: bytes and values, no files but our own catalogues."""
