"""The public site: what the program does, told to everybody. It knows no child and reads no table of the office."""
