"""The plan as one HTML page: self-contained, printable, in English and Spanish, safe to share.

Comes in: a plan and its program. Goes out: text, by `posada.page.render.render`.
"""
