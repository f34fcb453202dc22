"""The processes of the site: nginx in front, pages, live events, workers, and one supervisor over them.

It knows nothing of Django: it starts programs, watches them, and stops them in the right order.
"""
