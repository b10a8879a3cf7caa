"""Tests of the library in C."""
