"""Live pages: durable events, sent to open pages as server-sent events, each follower seeing only its own area."""
