"""The life of a waiver or deferral: application, decision, effect on fees, certificate, sums."""
