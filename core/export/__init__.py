"""Papers and pictures: the flag of the month and the receipt of a sheet.

Each module turns one frozen value into bytes and decides nothing: every word, number and
order arrives in the value. Only `typesetting` knows the typesetter and the fonts.
"""
