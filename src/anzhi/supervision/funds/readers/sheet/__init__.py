"""CSV, XLS and XLSX lists of transactions, read by one declarative mapping per bank (`funds/mappings/*.toml`)."""
