"""Sign-in beside the phone: WeChat and 随申办, how each is asked, what waits for an owner's yes."""
