"""Campaigns (专项): a bureau's drive with partners and firms, or a firm's own; links, codes, nameless counts."""
