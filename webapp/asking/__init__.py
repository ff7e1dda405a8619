"""What owner, helper, delegate and kiosk share: answers that were sent, a guest who begins, a caller, a queue."""
