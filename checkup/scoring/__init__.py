"""From answers to risks: path, likelihoods, score and bounds, one checkup or a million."""
