"""The report: one frozen value, shown as a page and as a PDF."""
