"""The catalogue: the words on the screen, written in zh-Hans, with their English; zh-Hant is made of them."""
