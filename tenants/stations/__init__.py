"""Where helpers work (司法所、服务站、热线): admitted by a bureau, which says who helps there; helpers keep secrecy."""
