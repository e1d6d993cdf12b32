"""Collaborative drafting for multilateral negotiation.

Importing this package imports nothing else: the run command starts it with a bare Python,
before a single dependency is installed.
"""
