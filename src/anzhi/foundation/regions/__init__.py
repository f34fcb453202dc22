"""Administrative regions (行政区划): 12-digit codes, their tree, their boundaries."""
