"""Drawings for the lessons, made by code: every line in them was computed or written here, none was traced.

What does not belong here: the words around a picture, which are the lesson's.
"""
