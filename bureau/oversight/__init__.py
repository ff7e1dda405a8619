"""What a bureau asks of firms: standards, bought services, alerts."""
