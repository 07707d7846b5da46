"""Partners of several legal entities: each judged alone, and what is remarked on together."""
