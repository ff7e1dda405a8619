"""What a firm's admin sees and does."""
