"""What a row is: its label, what stands around it, and what nobody recognises."""
