"""Tests of the public site through its addresses."""
