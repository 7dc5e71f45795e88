"""What must be ready before a paper is filed: checklists, interviews, declarations, and official forms to fill."""
