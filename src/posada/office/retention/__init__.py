"""What is past its time is erased by two persons, also from restored backups; a legal hold stops it."""
