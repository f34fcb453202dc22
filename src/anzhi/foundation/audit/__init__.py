"""The only trail (留痕): what happened, who did it, sealed against change."""
