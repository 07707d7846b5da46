"""The guarded reading process: how it is asked, what it may do, and what it answers."""
