"""Background work: enqueued by name inside the business transaction, done by a worker, retried when a worker dies."""
