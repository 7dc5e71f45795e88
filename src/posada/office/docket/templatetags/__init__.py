"""Tags of this room for other rooms' pages."""
