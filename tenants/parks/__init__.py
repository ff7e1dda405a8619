"""Partners (园区、孵化器、商会、银行网点): they bring owners in, have no cases, and are admitted by a bureau."""
