"""BPMN 2.0 drawings: read strictly, drawn from the plain form, checked against the standard's schema."""
