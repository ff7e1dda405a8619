"""A helper (服务专员、坐席) at an owner's side: her yes receipted, answers typed for her, the record claimed by her."""
