"""Between the log-in page and the site: allauth's adapter, the lock-out, idle time, hurdles before the desk."""
