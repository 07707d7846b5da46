"""The file as a container: what kind it is, and whether it may be unpacked at all."""
