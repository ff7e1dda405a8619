"""The case itself: checkup, sealed answers and their keys, documents, states."""
