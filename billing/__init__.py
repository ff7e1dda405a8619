"""Money: fees, hardship policy, waivers and deferrals, subscriptions."""
