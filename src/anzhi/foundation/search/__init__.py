"""Finding things by any part of their name: Chinese by pairs of characters, numbers by any of their digits."""
