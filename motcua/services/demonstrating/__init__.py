"""A fictional province at work: planned from a seed, played through the real engine by a virtual clock."""
