"""Tests of the engine: values in, values out, no fakes."""
