"""Two-minute lessons (一课一题) on what a checkup found: data beside the pack, chosen by weight, done or given."""
