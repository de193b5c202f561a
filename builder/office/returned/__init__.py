"""Exported items that come home: what was changed in Word or Excel becomes changes of exactly those lines.

`returned_item` is what came home, whatever the program; `exported_texts` what its document said when it went out. `placing`
says which row is which, and where new ones belong; `comparing` what is different; `merging` whether the file has changed
since, and `changes` which changes of the file make it.
"""
