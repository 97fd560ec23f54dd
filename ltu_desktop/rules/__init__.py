"""The calculator: facts in, claim out, each figure with its steps and sources.

Pure: no database, no clock, no window, no sentence in any language, no float. A scheme is data (a *pack*).
"""
