"""Tests of the whole: rules of the house, journeys, the browser. Unit tests sit beside the code they test."""
