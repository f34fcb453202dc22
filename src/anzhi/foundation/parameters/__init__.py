"""What the law or an office may change: dated values with their legal basis."""
