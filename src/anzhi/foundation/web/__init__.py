"""Page classes, tables, forms, components: the grammar of every page."""
