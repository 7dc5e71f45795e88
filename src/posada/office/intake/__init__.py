"""Children as they arrive: files and forms, sibling groups, kin, separations, hearings, duplicates."""
