"""What owner, helper, delegate and kiosk share: a screen of answers that was sent, a guest who begins, a caller."""
