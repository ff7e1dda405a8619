"""Where somebody is sent on to: a path of this site, whatever stood in the address. Pure."""


def is_own_path(target: str) -> bool:
    """A path that no browser reads as another site: it drops tabs and line ends, and takes a backslash for a slash."""
    return target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
