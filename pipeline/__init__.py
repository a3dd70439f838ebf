"""warpbeam: raw source files to an instruction-tuning dataset.

The dataset is deduplicated, balanced and quality-weighted.
"""

__version__ = "0.1.0"
