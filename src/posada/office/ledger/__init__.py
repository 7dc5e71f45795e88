"""What care costs: dated rates, the book of each month, hours that counsel give, prices, and the public figures."""
