"""Bridgework: closed-loop referrals between the office that refers and the office that treats."""

__version__ = "0.1.0"
