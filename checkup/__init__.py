"""The work: packs, routing, scoring, sealed answers, review, fixes, reports."""
