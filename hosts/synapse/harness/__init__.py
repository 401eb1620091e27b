"""A real Synapse on loopback for the tests and the demo: started, spoken to, searched, and always stopped."""
