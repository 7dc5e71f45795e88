"""Who may do what: people, roles, assignments, sealed fields, approvals by two persons, sessions."""
