"""The file of a child: documents, notes, wishes, the timeline, and the search for a name."""
