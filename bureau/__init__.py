"""The supervising authority: admissions, pro bono hours, recognition, indicators, annual report."""
