"""The development report and its indicators: frozen, the same bytes whoever reruns it."""
