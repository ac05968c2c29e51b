"""What the database itself enforces, and as whom Bondbook is connected to it."""
