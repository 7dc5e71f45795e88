"""Telling people who asked to be told: subscriptions, announcements, the app that a browser can install."""
