"""Check-ins written down offline: sealed on the device, sent once, conflicts shown with both texts."""
