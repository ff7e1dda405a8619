"""The development report: written from a frozen edition, the same bytes whoever reruns it."""
