"""The only place that sees all: settings, addresses, navigation, servers."""
