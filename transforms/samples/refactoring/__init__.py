"""Making a definition worse by a rule whose inverse a person would want, exactly."""
