"""The scope letter (Lawyers Law, art. 25), accepted by the owner in writing, and her later wish for paid work."""
