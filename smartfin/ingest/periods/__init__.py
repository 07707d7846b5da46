"""Time: what a heading says of it, and figures of any span brought to quarters."""
