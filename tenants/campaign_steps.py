"""Where a campaign's code leads, and how far whoever came by it has got: words that rows and functions share. Pure."""

# On, or to a page that says why not and leads on without the campaign.
OPEN, EARLY, OVER, STOPPED, FULL = "open", "early", "over", "stopped", "full"
PAUSED = "paused"  # while its firm takes nobody
# What a business that came by a link has reached, one after the other; `checkup.link_step` holds how many.
STEPS = ("started", "finished", "lawyer", "signed", "fixed")
