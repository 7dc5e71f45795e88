"""Settings, addresses and servers of the office: which deployment this is, and how a request enters."""
