"""What a change of the content means: for residents, for the papers on walls, for those who must sign it.

`comparison` tells two states of a record apart, field by field; `levels` says how grave each difference is; `review` puts
all of it together; `markdown` and the templates ``templates/review/`` show it.
"""
