"""What tests stand on: databases cloned from one template, actors, servers."""
