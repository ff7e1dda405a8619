"""Running the platform: incidents, and what people ask about their data by letter. No content of a case."""
