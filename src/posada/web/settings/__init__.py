"""Django's settings: `office` for a deployment, `test` for tests."""
