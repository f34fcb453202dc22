"""What runs before the environment exists: set-up, the private cluster, the verbs of ./anzhi. Standard library only."""
