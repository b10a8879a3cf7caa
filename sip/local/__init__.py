"""A recogniser and a voice on this machine, for trying out: run by `make speech`, never imported
by the line, which speaks Wyoming with them as with any other."""
