"""From an outline to samples: cuts, instructions, variants, rendering."""
