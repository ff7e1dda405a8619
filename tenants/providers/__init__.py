"""Bodies that take referrals (公证、调解、仲裁、鉴定、法援…): admitted by a bureau, with people of their own."""
