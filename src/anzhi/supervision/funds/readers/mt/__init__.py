"""SWIFT MT940 and MT942, as banks really write them: with and without envelope, wrapped, on any line ending."""
