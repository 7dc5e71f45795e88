"""The office: the program's daily work over the pure rooms, one thin Django app a room."""
