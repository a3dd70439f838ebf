"""The stages of the graph.

Modules here wire Beam; the packages below them are pure functions without Beam.
"""
