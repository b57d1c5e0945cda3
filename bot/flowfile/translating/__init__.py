"""The road of a sentence to translators and back: extract, merge, choose, write, status, pseudo-language.

Babel reads and writes catalogues. Which translation belongs to which sentence is decided here: Babel's own update pairs
sentences by likeness, loses reworded ones and takes quadratic time.
"""
