"""How a ticket comes into a case, and for how long an offer of one waits. Pure."""

import datetime as dt

# She said so on the telephone, with the number and the code of her case, or on her own page.
PHONE, PAGE = "phone", "page"
CHANNELS = (PHONE, PAGE)
# As long as a helper's help: whoever has not said yes by then is asked anew.
OFFER_LASTS = dt.timedelta(days=14)
MOST_NUMBER = 20
