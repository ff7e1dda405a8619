"""What is found of a business elsewhere, a licence's photo or a register: proposed, hers by her yes."""
