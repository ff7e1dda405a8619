"""Where an owner finds help beside her lawyer: ways out of a dispute, and bodies that take a matter."""
