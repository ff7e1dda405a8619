"""What every request passes: audiences, errors, languages, limits, uploads, devices."""
