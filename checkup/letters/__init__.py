"""The scope letter (Lawyers Law, art. 25): what a firm does for whom and until when, accepted by the owner in writing;
and after signing, the owner's own wish for paid work."""
