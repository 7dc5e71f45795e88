"""A word to a browser that something waits at the desk: fixed sentences, no person, gone with the session."""
